package io.mlassets.policy;

import java.time.Duration;

/**
 * {@code config/retrain_policy.yaml}.
 *
 * @param cron five-field cron expression, UTC
 * @param thetaCron when thresholds are tuned again between runs, likewise; empty for never
 * @param retryMax retries after a failed run, 0 to 10
 * @param retryDelay wait before a retry
 * @param notificationChannel Slack channel of run outcomes
 * @param retention bundles kept per model type, at least 1
 * @param folds folds of the purged cross-validation, at least 2
 * @param embargo share of the sample left out after each test block at least, in [0, 0.2]
 * @param search how parameters are searched
 * @param seed default seed of a run
 * @param sampleWeights how much each training row weighs
 * @param adoption rules of adoption
 * @param drift thresholds of drift
 */
public record RetrainPolicy(
    String cron,
    String thetaCron,
    int retryMax,
    Duration retryDelay,
    String notificationChannel,
    int retention,
    int folds,
    double embargo,
    SearchRules search,
    long seed,
    SampleWeights sampleWeights,
    AdoptionRules adoption,
    DriftRules drift) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public RetrainPolicy {
    require(hasFiveFields(cron), "retrain_cron", cron, "five cron fields");
    require(
        thetaCron.isBlank() || hasFiveFields(thetaCron),
        "theta_cron",
        thetaCron,
        "five cron fields or empty");
    require(retryMax >= 0 && retryMax <= 10, "retrain_retry_max", retryMax, "in [0, 10]");
    require(!retryDelay.isNegative(), "retrain_retry_delay_minutes", retryDelay, "not negative");
    require(retention >= 1, "model_version_retention", retention, "at least 1");
    require(folds >= 2 && folds <= 50, "cv_folds", folds, "in [2, 50]");
    require(embargo >= 0 && embargo <= 0.2, "cv_embargo", embargo, "in [0, 0.2]");
  }

  private static boolean hasFiveFields(String cron) {
    return cron.trim().split("\\s+").length == 5;
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s: %s is not %s".formatted(key, value, expected));
    }
  }
}

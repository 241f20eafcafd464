package io.mlassets.policy;

/**
 * How AI2's hold on live entries is watched.
 *
 * @param candidates newest candidate entries of a pair that are counted, in [10, 100000]
 * @param flagRunMax refused candidates in a row from which somebody should look, in [1, candidates]
 */
public record RiskWatchRules(int candidates, int flagRunMax) {
  /** Those of files from before there were any. */
  public static final RiskWatchRules DEFAULTS = new RiskWatchRules(200, 100);

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public RiskWatchRules {
    if (candidates < 10 || candidates > 100_000) {
      throw new IllegalArgumentException(
          "risk_watch_candidates %d is not in [10, 100000]".formatted(candidates));
    }
    if (flagRunMax < 1 || flagRunMax > candidates) {
      throw new IllegalArgumentException(
          "risk_flag_run_max %d is not in [1, risk_watch_candidates]".formatted(flagRunMax));
    }
  }
}

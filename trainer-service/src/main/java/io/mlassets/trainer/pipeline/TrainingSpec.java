package io.mlassets.trainer.pipeline;

import io.mlassets.policy.RetrainPolicy;

/**
 * What a run may vary beside its data.
 *
 * @param seed decides everything random
 * @param trials parameter trials per engine and model, at least 1
 * @param folds folds of the cross-validation
 * @param embargo share of the sample's time left out after each test block
 * @param confidence one-sided confidence of the Sharpe ratio's interval
 */
public record TrainingSpec(long seed, int trials, int folds, double embargo, double confidence) {

  /** What the policy leaves open: seed and trials. */
  public static TrainingSpec by(RetrainPolicy policy, long seed, int trials) {
    return new TrainingSpec(
        seed, trials, policy.folds(), policy.embargo(), policy.adoption().confidence());
  }

  /** Refuses no trials with {@link IllegalArgumentException}. */
  public TrainingSpec {
    if (trials < 1 || trials > 10_000) {
      throw new IllegalArgumentException("trials: %d is not in [1, 10000]".formatted(trials));
    }
  }
}

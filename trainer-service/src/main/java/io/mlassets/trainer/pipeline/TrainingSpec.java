package io.mlassets.trainer.pipeline;

import io.mlassets.policy.RetrainPolicy;
import io.mlassets.trainer.engine.EngineChoice;

/**
 * What a run may vary beside its data.
 *
 * @param seed decides everything random
 * @param trials parameter trials per engine and model, at least 1
 * @param engine the engines searched
 * @param folds folds of the cross-validation
 * @param embargo share of the sample's time left out after each test block
 * @param confidence one-sided confidence of the Sharpe ratio's interval
 */
public record TrainingSpec(
    long seed, int trials, EngineChoice engine, int folds, double embargo, double confidence) {

  /** With both engines. */
  public TrainingSpec(long seed, int trials, int folds, double embargo, double confidence) {
    this(seed, trials, EngineChoice.BOTH, folds, embargo, confidence);
  }

  /** What the policy leaves open: seed, trials and engines. */
  public static TrainingSpec by(RetrainPolicy policy, long seed, int trials, EngineChoice engine) {
    return new TrainingSpec(
        seed, trials, engine, policy.folds(), policy.embargo(), policy.adoption().confidence());
  }

  /** Refuses no trials with {@link IllegalArgumentException}. */
  public TrainingSpec {
    if (trials < 1 || trials > 10_000) {
      throw new IllegalArgumentException("trials: %d is not in [1, 10000]".formatted(trials));
    }
  }
}

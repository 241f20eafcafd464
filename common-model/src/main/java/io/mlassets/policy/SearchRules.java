package io.mlassets.policy;

/**
 * How parameters are searched.
 *
 * @param trials trials per engine and model, in [1, 10000]
 * @param pruning how trials without hope are given up
 * @param multivariate whether parameters are drawn together or each by itself
 */
public record SearchRules(int trials, Pruning pruning, boolean multivariate) {

  /** Refuses a number of trials out of range with {@link IllegalArgumentException}. */
  public SearchRules {
    if (trials < 1 || trials > 10_000) {
      throw new IllegalArgumentException(
          "search_trials: %d is not in [1, 10000]".formatted(trials));
    }
  }
}

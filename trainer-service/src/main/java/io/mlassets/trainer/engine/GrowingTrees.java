package io.mlassets.trainer.engine;

/**
 * Trees in training inside a native engine, for one thread at a time. The first {@code n} trees are
 * the same however many follow and in how many steps they grew.
 */
public sealed interface GrowingTrees extends AutoCloseable permits LightGbmBooster, XgBoostBooster {

  /** Adds trees until there are so many, or until nothing is left to split. */
  void growTo(int trees);

  /**
   * What the trees so far say of the rows to be scored: probabilities of a classification, values
   * of a regression. Exact enough to choose by; the engine rounds to its own precision.
   */
  double[] scores();

  /** The trees so far. */
  TrainedTrees trees();

  @Override
  void close();
}

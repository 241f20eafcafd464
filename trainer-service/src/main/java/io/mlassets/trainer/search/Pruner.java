package io.mlassets.trainer.search;

import java.util.List;

/** Decides which trials are given up before their end. */
public sealed interface Pruner permits Pruner.Never, MedianPruner, SuccessiveHalving, Hyperband {

  /**
   * Whether to give up a trial now.
   *
   * @param number the trial's number
   * @param shown the values it has shown, one per step, at least one
   * @param seen the trials it may be compared with
   */
  boolean givesUp(int number, List<Double> shown, List<Trial> seen, Goal goal);

  /** Every trial comes to its end. */
  record Never() implements Pruner {
    @Override
    public boolean givesUp(int number, List<Double> shown, List<Trial> seen, Goal goal) {
      return false;
    }
  }
}

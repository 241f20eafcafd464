package io.mlassets.bench.inference;

/**
 * How much is measured.
 *
 * @param trainingRows rows each model is trained on
 * @param repeats times a batch is scored after the warm-up
 * @param warmUpSeconds before anything in Java is timed
 * @param singleRows rows scored one by one
 * @param bitRows rows of each model whose scores are compared with the native engine's
 * @param timedBars bars in a timed run of the feature engine
 * @param pandasBars bars whose features pandas makes too
 * @param pairs pairs of the mixed market
 * @param pairBars bars of each of them
 * @param leastChecked bars whose features the two-pass sums have to be made of, at least
 */
record Plan(
    int trainingRows,
    int repeats,
    double warmUpSeconds,
    int singleRows,
    int bitRows,
    int timedBars,
    int pandasBars,
    int pairs,
    int pairBars,
    int leastChecked) {
  /** Rows of a batch. */
  static final int BATCH = 10_000;

  static Plan of(boolean quick) {
    return quick
        ? new Plan(10_000, 9, 1, 20_000, 2_500, 50_000, 300, 20, 20_000, 20_000)
        : new Plan(50_000, 25, 3, 200_000, 250_000, 300_000, 3_000, 40, 250_000, 200_000);
  }
}

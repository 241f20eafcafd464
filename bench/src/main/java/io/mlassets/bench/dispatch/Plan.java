package io.mlassets.bench.dispatch;

/**
 * How much is measured.
 *
 * @param warmUp single signals before any is measured
 * @param singles single signals measured
 * @param burst signals of one bar
 * @param bursts bursts measured, after one that is not
 * @param publishes messages of one run of the pipelined peer
 */
record Plan(int warmUp, int singles, int burst, int bursts, int publishes) {

  static Plan of(boolean quick) {
    return quick
        ? new Plan(1_500, 900, 10_000, 5, 100_000)
        : new Plan(6_000, 6_000, 10_000, 15, 400_000);
  }
}

package io.mlassets.bench.dispatch;

/**
 * How much is measured.
 *
 * @param warmUp single signals before any is measured
 * @param singles single signals measured
 * @param burst signals of one bar
 * @param warmUpBursts bursts before any is measured; twenty fill the log, as it is day in, day out
 * @param bursts bursts measured
 * @param publishes messages of one run of the pipelined peer
 */
record Plan(int warmUp, int singles, int burst, int warmUpBursts, int bursts, int publishes) {

  static Plan of(boolean quick) {
    return quick
        ? new Plan(1_500, 900, 10_000, 5, 5, 100_000)
        : new Plan(6_000, 6_000, 10_000, 20, 15, 400_000);
  }
}

package io.mlassets.bench.faults;

/**
 * How much is broken.
 *
 * @param kills processes ended by SIGKILL
 * @param signals at least as many flow meanwhile
 * @param wipes times Redis loses everything
 * @param pauses times the leader is stopped past its lease
 * @param halts times an operator halts under load
 * @param damaged fills, result files and signals that say nothing true
 * @param spoiled times the Expert Advisor's network is spoiled in each way
 * @param barsPerSecond simulated minutes a second, each with a decision on every pair
 * @param seed of moments and victims
 */
record Plan(
    int kills,
    int signals,
    int wipes,
    int pauses,
    int halts,
    int damaged,
    int spoiled,
    double barsPerSecond,
    long seed) {
  static final int PAIRS = 10;

  static Plan of(boolean quick) {
    return quick
        ? new Plan(7, 2_000, 3, 2, 3, 2_000, 1, 12, 1)
        : new Plan(1_000, 200_000, 100, 200, 100, 100_000, 200, 12, 1);
  }
}

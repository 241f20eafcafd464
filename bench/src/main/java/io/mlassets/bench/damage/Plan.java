package io.mlassets.bench.damage;

/**
 * How much is damaged and lost.
 *
 * @param offered damaged bundles offered to the code inference loads bundles with
 * @param live of such put before a live process, as file and as row
 * @param losses times the file of the model in force is lost
 * @param kills times the process is killed and finds the file lost at its start
 */
record Plan(long offered, int live, int losses, int kills) {

  static Plan of(boolean quick) {
    return quick ? new Plan(1_500, 60, 5, 1) : new Plan(100_000, 1_500, 200, 25);
  }
}

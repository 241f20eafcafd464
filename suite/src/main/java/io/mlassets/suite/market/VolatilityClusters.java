package io.mlassets.suite.market;

import java.util.random.RandomGenerator;

/** A volatility multiple that wanders slowly and now and then breaks into a storm. */
final class VolatilityClusters {
  private static final double PERSISTENCE = 0.995;
  private static final double WANDER = 0.025;
  private static final double STORM_START = 1 / 500.0;
  private static final double STORM_END = 1 / 100.0;
  private static final double STORM_MULTIPLE = 2.5;

  private static final double STORM_SPREAD_MULTIPLE = 1.6;

  private double logVolatility;
  private boolean storm;

  /** Once per bar. */
  void startBar(RandomGenerator random) {
    logVolatility = PERSISTENCE * logVolatility + WANDER * random.nextGaussian();
    double chance = random.nextDouble();
    storm = storm ? chance >= STORM_END : chance < STORM_START;
  }

  /** Multiple of the usual volatility of prices. */
  double multiple() {
    return StrictMath.exp(logVolatility) * (storm ? STORM_MULTIPLE : 1);
  }

  /** Multiple of the spread's: storms shake the legs apart. */
  double spreadMultiple() {
    return storm ? multiple() * STORM_SPREAD_MULTIPLE : multiple();
  }
}

package io.mlassets.suite.market;

import java.util.random.RandomGenerator;

/**
 * The true spread of one pair: a level that moves at random plus a deviation. In a reverting regime
 * the deviation is an Ornstein-Uhlenbeck process; in a broken one it is a random walk of the same
 * one-step volatility, and when it mends, where it got to becomes the new level. Nothing but time
 * tells the regimes apart.
 */
final class SpreadProcess {
  /** Bars in which an expected deviation halves. */
  static final double HALF_LIFE_BARS = 12;

  /** Stationary standard deviation of a reverting deviation, log price. */
  static final double AMPLITUDE = 10e-4;

  /** Mean length of a reverting regime. */
  static final double REVERTING_BARS = 1_000;

  private static final double SPEED = Math.log(2) / HALF_LIFE_BARS;

  /** One-bar standard deviation, log price. */
  static final double VOLATILITY = AMPLITUDE * Math.sqrt(2 * SPEED);

  private final double revertingShare;
  private boolean reverting;
  private double level;
  private double deviation;

  SpreadProcess(double revertingShare, RandomGenerator random) {
    this.revertingShare = revertingShare;
    this.reverting = random.nextDouble() < revertingShare;
  }

  /** Once per bar: the regime may change. */
  void startBar(RandomGenerator random) {
    double chance = random.nextDouble();
    double leave = 1 / REVERTING_BARS;
    if (reverting) {
      reverting = revertingShare >= 1 || chance >= leave;
    } else if (chance < leave * revertingShare / (1 - revertingShare)) {
      reverting = true;
      level += deviation;
      deviation = 0;
    }
  }

  /** Moves on by a fraction of a bar at a multiple of the usual volatility. */
  void move(double bars, double volatility, RandomGenerator random) {
    double shock = VOLATILITY * volatility * Math.sqrt(bars) * random.nextGaussian();
    double decay = reverting ? 1 - SPEED * bars : 1;
    deviation = deviation * decay + shock;
  }

  /** A shock that never reverts. */
  void jump(double size) {
    level += size;
  }

  double spread() {
    return level + deviation;
  }

  double deviation() {
    return deviation;
  }

  boolean reverting() {
    return reverting;
  }
}

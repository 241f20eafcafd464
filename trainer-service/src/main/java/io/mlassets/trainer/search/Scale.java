package io.mlassets.trainer.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;

/**
 * Where a number is searched: on its own scale or that of its logarithm. A whole number takes the
 * cell half a step to each side, so that the ends are as likely as the rest.
 */
record Scale(double min, double max, boolean log, boolean whole, double low, double high) {
  /** Six digits tell any two useful values apart and hide the last bits of the platform's exp. */
  private static final MathContext DIGITS = new MathContext(6);

  static Scale of(Dimension.Real real) {
    double low = real.log() ? Math.log(real.low()) : real.low();
    double high = real.log() ? Math.log(real.high()) : real.high();
    return new Scale(real.low(), real.high(), real.log(), false, low, high);
  }

  static Scale of(Dimension.Whole whole) {
    double low = whole.low() - 0.5;
    double high = whole.high() + 0.5;
    boolean log = whole.log();
    return new Scale(
        whole.low(),
        whole.high(),
        log,
        true,
        log ? Math.log(low) : low,
        log ? Math.log(high) : high);
  }

  double uniform(SplittableRandom random) {
    return outward(low + random.nextDouble() * (high - low));
  }

  double inward(double value) {
    return log ? Math.log(value) : value;
  }

  double outward(double position) {
    double value = log ? Math.exp(position) : position;
    return Math.clamp(whole ? Math.rint(value) : value, min, max);
  }

  /** The value as it is tried. */
  double shown(double value) {
    return whole ? value : Math.clamp(new BigDecimal(value).round(DIGITS).doubleValue(), min, max);
  }
}

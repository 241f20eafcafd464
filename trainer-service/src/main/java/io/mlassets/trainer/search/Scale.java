package io.mlassets.trainer.search;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Where a number is searched: on its own scale or that of its logarithm; whole numbers take half a
 * step beyond the ends, so that the ends are as likely as the rest.
 */
record Scale(double min, double max, boolean log, boolean whole) {
  /** Six digits tell any two useful values apart and hide the last bits of the platform's exp. */
  private static final MathContext DIGITS = new MathContext(6);

  double low() {
    return log ? Math.log(whole ? min - 0.5 : min) : min - halfStep();
  }

  double high() {
    return log ? Math.log(whole ? max + 0.5 : max) : max + halfStep();
  }

  double range() {
    return high() - low();
  }

  /** Half the width of a value's bin on the search scale; 0 where densities are continuous. */
  double halfStep() {
    return whole && !log ? 0.5 : 0;
  }

  double inward(double value) {
    return log ? Math.log(value) : value;
  }

  double outward(double position) {
    double value = log ? Math.exp(position) : position;
    double shown =
        whole || value == 0 ? Math.rint(value) : new BigDecimal(value).round(DIGITS).doubleValue();
    return Math.min(max, Math.max(min, shown));
  }
}

package io.mlassets.trainer.search;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Where a number is searched: on its own scale or that of its logarithm. A whole number takes the
 * cell half a step to each side, so that the ends are as likely as the rest.
 */
record Scale(double min, double max, boolean log, boolean whole) {
  /** Six digits tell any two useful values apart and hide the last bits of the platform's exp. */
  private static final MathContext DIGITS = new MathContext(6);

  double low() {
    return lower(min);
  }

  double high() {
    return upper(max);
  }

  double range() {
    return high() - low();
  }

  /** Lower end of a value's cell; the value's own place where densities are continuous. */
  double lower(double value) {
    return inward(whole ? value - 0.5 : value);
  }

  /** Upper end of a value's cell. */
  double upper(double value) {
    return inward(whole ? value + 0.5 : value);
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

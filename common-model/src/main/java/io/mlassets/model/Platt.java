package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Platt scaling: {@code p = 1 / (1 + exp(-(slope · raw + intercept)))}.
 *
 * @param slope finite
 * @param intercept finite
 */
public record Platt(
    @JsonProperty("slope") double slope, @JsonProperty("intercept") double intercept)
    implements Calibration {

  /** Refuses what is not finite with {@link IllegalArgumentException}. */
  public Platt {
    if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          "Platt slope %s and intercept %s must be finite".formatted(slope, intercept));
    }
  }

  /** The plain logistic function: takes log odds at their word. */
  public static Platt logistic() {
    return new Platt(1, 0);
  }

  @Override
  public double apply(double raw) {
    return 1 / (1 + StrictMath.exp(-(slope * raw + intercept)));
  }

  /**
   * Fits slope and intercept by maximum likelihood with Platt's smoothed targets, by Newton's
   * method with step halving (Lin, Lin, Weng 2007).
   *
   * @param raw finite raw scores
   * @param labels 0 or 1 each, both present
   */
  public static Platt fit(double[] raw, double[] labels) {
    double[] fit = LogisticFit.fit(labels, raw);
    return new Platt(fit[0], fit[1]);
  }
}

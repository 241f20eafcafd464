package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Platt scaling: {@code p = 1 / (1 + exp(-(slope · raw + intercept)))}.
 *
 * @param slope finite, not negative: the curve never falls
 * @param intercept finite
 */
public record Platt(
    @JsonProperty("slope") double slope, @JsonProperty("intercept") double intercept)
    implements Calibration {

  /** Refuses what is not finite or would fall with {@link IllegalArgumentException}. */
  public Platt {
    if (!(slope >= 0) || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          "Platt needs a finite slope >= 0 and a finite intercept; got %s, %s"
              .formatted(slope, intercept));
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
   * Fits by maximum likelihood under {@code slope ≥ 0}, with Platt's smoothed targets. Scores
   * pooled over folds can fall with the labels only because base rates differ between folds; a
   * curve that followed them would turn a model's ranking round, so the constant one is taken.
   *
   * @param raw finite raw scores
   * @param labels 0 or 1 each, both present
   */
  public static Platt fit(double[] raw, double[] labels) {
    double[] fit = LogisticFit.rising(labels, raw);
    return new Platt(fit[0], fit[1]);
  }
}

package io.mlassets.model;

/** Leaves a regression's value as it is, cut to [0, 1]. */
public record Identity() implements Calibration {

  @Override
  public double apply(double raw) {
    return Math.min(1, Math.max(0, raw));
  }
}

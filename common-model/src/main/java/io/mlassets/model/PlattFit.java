package io.mlassets.model;

/** Newton's method for {@link Platt}, after Lin, Lin and Weng (2007). */
final class PlattFit {
  private static final int MAX_STEPS = 100;
  private static final double MIN_STEP = 1e-10;
  private static final double RIDGE = 1e-12;

  private final double[] raw;
  private final double[] target;
  private double slope;
  private double intercept;

  private PlattFit(double[] raw, double[] labels) {
    this.raw = raw;
    double positives = Labels01.positives(raw, labels);
    double negatives = labels.length - positives;
    double high = (positives + 1) / (positives + 2);
    double low = 1 / (negatives + 2);
    target = new double[labels.length];
    for (int i = 0; i < target.length; i++) {
      target[i] = labels[i] == 1 ? high : low;
    }
    slope = 0;
    intercept = StrictMath.log((positives + 1) / (negatives + 1));
  }

  static Platt fit(double[] raw, double[] labels) {
    PlattFit fit = new PlattFit(raw, labels);
    int step = 0;
    while (step < MAX_STEPS && fit.improve()) {
      step++;
    }
    return new Platt(fit.slope, fit.intercept);
  }

  /** One Newton step; false when nothing is left to gain. */
  private boolean improve() {
    double h11 = RIDGE;
    double h22 = RIDGE;
    double h21 = 0;
    double g1 = 0;
    double g2 = 0;
    for (int i = 0; i < raw.length; i++) {
      double p = 1 / (1 + StrictMath.exp(-(slope * raw[i] + intercept)));
      double w = p * (1 - p);
      h11 += raw[i] * raw[i] * w;
      h21 += raw[i] * w;
      h22 += w;
      g1 += raw[i] * (p - target[i]);
      g2 += p - target[i];
    }
    if (Math.abs(g1) < 1e-9 * raw.length && Math.abs(g2) < 1e-9 * raw.length) {
      return false;
    }
    double determinant = h11 * h22 - h21 * h21;
    return walk(-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant);
  }

  private boolean walk(double slopeStep, double interceptStep) {
    double before = loss(slope, intercept);
    for (double length = 1; length >= MIN_STEP; length /= 2) {
      double newSlope = slope + length * slopeStep;
      double newIntercept = intercept + length * interceptStep;
      if (loss(newSlope, newIntercept) < before) {
        slope = newSlope;
        intercept = newIntercept;
        return true;
      }
    }
    return false;
  }

  private double loss(double a, double b) {
    double sum = 0;
    for (int i = 0; i < raw.length; i++) {
      double f = a * raw[i] + b;
      // log(1 + e^f) - target·f without overflow on either side
      sum += Math.max(f, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(f))) - target[i] * f;
    }
    return sum;
  }
}

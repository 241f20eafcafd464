package io.mlassets.model;

/** {@code ln(1 + e^x)} without overflow on either side. */
final class Softplus {
  private Softplus() {}

  static double of(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}

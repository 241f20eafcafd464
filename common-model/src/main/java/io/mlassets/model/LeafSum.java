package io.mlassets.model;

/**
 * The way an engine adds leaves, in tree order: LightGBM doubles, XGBoost floats onto its margin.
 *
 * @param start what the sum starts with
 * @param inFloats whether each sum is rounded to a float; rounding a double's sum of two floats
 *     gives the float's
 */
record LeafSum(double start, boolean inFloats) {

  double add(double sum, double leaf) {
    return inFloats ? (float) (sum + leaf) : sum + leaf;
  }
}

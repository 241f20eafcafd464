package io.mlassets.model;

import java.util.Arrays;

/** One model: the trees, the columns they look at, the calibration of their score. */
record Scorer(TreeEnsemble trees, int[] inputs, Calibration calibration) {

  static Scorer of(BundleManifest manifest, ModelType type, TreeEnsemble trees) {
    ModelEntry entry = manifest.model(type);
    int[] inputs = manifest.preprocessing().positions(entry.inputs());
    if (trees.columns() != inputs.length || trees.objective() != entry.objective()) {
      throw new InvalidBundleException(
          "%s: %s trees of %d columns, manifest says %s of %d"
              .formatted(
                  entry.file(),
                  trees.objective(),
                  trees.columns(),
                  entry.objective(),
                  inputs.length));
    }
    return new Scorer(trees, inputs, entry.calibration());
  }

  double raw(double[] prepared) {
    double[] row = new double[inputs.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = prepared[inputs[i]];
    }
    return trees.raw(row);
  }

  double output(double[] prepared) {
    return calibration.apply(raw(prepared));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scorer that
        && trees == that.trees
        && Arrays.equals(inputs, that.inputs)
        && calibration.equals(that.calibration);
  }

  @Override
  public int hashCode() {
    return 31 * trees.hashCode() + Arrays.hashCode(inputs);
  }

  @Override
  public String toString() {
    return "Scorer%s -> %s".formatted(Arrays.toString(inputs), calibration);
  }
}

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
    for (int i = 1; i < inputs.length; i++) {
      if (inputs[i] <= inputs[i - 1]) {
        throw new InvalidBundleException(
            "%s: inputs %s are not in schema order".formatted(entry.file(), entry.inputs()));
      }
    }
    trees.sets().forEach(set -> requireCategories(entry, manifest.preprocessing(), inputs, set));
    return new Scorer(trees, inputs, entry.calibration());
  }

  private static void requireCategories(
      ModelEntry entry, Preprocessing preprocessing, int[] inputs, SplitColumn.Categories set) {
    PreparedColumn column = preprocessing.columns().get(inputs[set.feature()]);
    int codes = column instanceof PreparedColumn.Category category ? category.codes().size() : 0;
    if (set.set().length() > codes) {
      throw new InvalidBundleException(
          "%s: category %d of %s, which has %d"
              .formatted(entry.file(), set.set().length() - 1, column.name(), codes));
    }
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

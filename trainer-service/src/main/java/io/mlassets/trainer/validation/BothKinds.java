package io.mlassets.trainer.validation;

import java.util.Arrays;
import java.util.List;

/** What classification needs of every fold: ones and zeros, to learn from and to judge by. */
public final class BothKinds {
  private BothKinds() {}

  /**
   * Looks at every fold.
   *
   * @param model whose labels they are
   * @param labels 0 or 1, one per row that was split
   * @throws UnusableSplitException naming the first fold whose rows all have one label
   */
  public static void require(String model, double[] labels, List<Fold> folds) {
    for (Fold fold : folds) {
      require(model, "training", labels, fold.train(), fold);
      require(model, "test", labels, fold.test(), fold);
    }
  }

  private static void require(String model, String use, double[] labels, int[] rows, Fold fold) {
    long ones = Arrays.stream(rows).filter(row -> labels[row] == 1).count();
    if (ones == 0 || ones == rows.length) {
      throw new UnusableSplitException(
          "%s: %d of %d %s labels of fold %d (%s) are 1, both kinds are needed; fewer folds or more bars give each both"
              .formatted(model, ones, rows.length, use, fold.number(), fold.period()));
    }
  }
}

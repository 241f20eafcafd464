package io.mlassets.trainer.validation;

import java.util.Arrays;
import java.util.List;

/** What classification needs of every fold: ones and zeros to learn from. */
public final class BothKinds {
  private BothKinds() {}

  /**
   * Looks at every fold's training rows; test rows of one label can be judged beside those of other
   * folds.
   *
   * @param model whose labels they are
   * @param labels 0 or 1, one per row that was split
   * @throws UnusableSplitException naming the first fold whose training rows all have one label
   */
  public static void require(String model, double[] labels, List<Fold> folds) {
    for (Fold fold : folds) {
      int[] rows = fold.train();
      long ones = Arrays.stream(rows).filter(row -> labels[row] == 1).count();
      if (ones == 0 || ones == rows.length) {
        throw new UnusableSplitException(
            "%s: %d of %d training labels of fold %d (tested on %s) are 1, both kinds are needed"
                .formatted(model, ones, rows.length, fold.number(), fold.period()));
      }
    }
  }
}

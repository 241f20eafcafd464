package io.mlassets.trainer.pipeline;

import io.mlassets.model.Beta;
import io.mlassets.model.Calibration;
import io.mlassets.model.Isotonic;
import io.mlassets.model.Platt;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Calibrated out-of-fold scores: each fold's calibration is fitted to the other folds' scores, so
 * that no row's own label shapes its probability. Platt, beta or isotonic, by Brier score; the
 * calibration to be used live is fitted to all out-of-fold scores.
 *
 * @param probabilities one per row
 * @param calibration for rows not seen here
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the array; never compared
record CrossFitted(double[] probabilities, Calibration calibration) {

  /**
   * Calibrates.
   *
   * @param raw raw out-of-fold scores
   * @param labels 0 or 1 each
   * @param foldOf fold of each row
   */
  static CrossFitted of(double[] raw, double[] labels, int[] foldOf) {
    // The plainest first: of equals, min takes the first.
    return Stream.<BiFunction<double[], double[], ? extends Calibration>>of(
            Platt::fit, Beta::fit, Isotonic::fit)
        .map(method -> fit(raw, labels, foldOf, method))
        .min(Comparator.comparingDouble(fitted -> brier(fitted.probabilities, labels)))
        .orElseThrow();
  }

  private static CrossFitted fit(
      double[] raw,
      double[] labels,
      int[] foldOf,
      BiFunction<double[], double[], ? extends Calibration> method) {
    double[] probabilities = new double[raw.length];
    int folds = Arrays.stream(foldOf).max().orElse(0) + 1;
    for (int fold = 0; fold < folds; fold++) {
      int current = fold;
      IntPredicate outside = row -> foldOf[row] != current;
      Calibration calibration = method.apply(select(raw, outside), select(labels, outside));
      for (int row = 0; row < raw.length; row++) {
        if (foldOf[row] == fold) {
          probabilities[row] = calibration.apply(raw[row]);
        }
      }
    }
    return new CrossFitted(probabilities, method.apply(raw, labels));
  }

  private static double[] select(double[] values, IntPredicate rows) {
    return IntStream.range(0, values.length).filter(rows).mapToDouble(i -> values[i]).toArray();
  }

  private static double brier(double[] probabilities, double[] labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += (probabilities[i] - labels[i]) * (probabilities[i] - labels[i]);
    }
    return sum;
  }

  /** Fold of each row, from the folds' test rows. */
  static int[] foldOf(List<FoldData> folds, int rows) {
    int[] foldOf = new int[rows];
    for (FoldData data : folds) {
      for (int row : data.fold().test()) {
        foldOf[row] = data.fold().number();
      }
    }
    return foldOf;
  }
}

package io.mlassets.trainer.pipeline;

import io.mlassets.model.Beta;
import io.mlassets.model.Calibration;
import io.mlassets.model.Isotonic;
import io.mlassets.model.Platt;
import io.mlassets.trainer.validation.Fold;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Calibrated out-of-fold scores: each fold's curve is fitted to the scores of its training rows, so
 * that no label of the fold, and none that overlaps one, shapes its probabilities. Platt, beta or
 * isotonic, by the Brier score: for a fold, of the other folds, calibrated without it; for live
 * use, of all folds. The live curve is fitted to all out-of-fold scores.
 *
 * @param probabilities one per row
 * @param calibration for rows not seen here
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the array; never compared
record CrossFitted(double[] probabilities, Calibration calibration) {

  /** The plainest first: of equals, the first is taken. */
  private static final List<BiFunction<double[], double[], ? extends Calibration>> METHODS =
      List.of(Platt::fit, Beta::fit, Isotonic::fit);

  /**
   * Calibrates.
   *
   * @param raw raw out-of-fold scores
   * @param labels 0 or 1 each
   * @param folds every row is tested in one
   */
  static CrossFitted of(double[] raw, double[] labels, List<Fold> folds) {
    double[][] without = errorsWithout(raw, labels, folds);
    double[] errors = new double[METHODS.size()];
    double[] probabilities = new double[raw.length];
    for (Fold fold : folds) {
      double[] x = select(raw, fold.train());
      double[] y = select(labels, fold.train());
      int best = least(without[fold.number()]);
      for (int method = 0; method < METHODS.size(); method++) {
        Calibration curve = METHODS.get(method).apply(x, y);
        errors[method] += error(curve, raw, labels, fold.test());
        if (method == best) {
          Arrays.stream(fold.test()).forEach(row -> probabilities[row] = curve.apply(raw[row]));
        }
      }
    }
    return new CrossFitted(probabilities, METHODS.get(least(errors)).apply(raw, labels));
  }

  /** How many calibrations are tried. */
  static int methods() {
    return METHODS.size();
  }

  /**
   * By fold and method, the squared errors of all other folds' rows clear of the fold, each by a
   * curve fitted to rows clear of both. Where those have labels of one kind only, as of two folds
   * there are none, there is no curve and nothing is counted.
   */
  private static double[][] errorsWithout(double[] raw, double[] labels, List<Fold> folds) {
    double[][] errors = new double[folds.size()][METHODS.size()];
    for (int one = 0; one < folds.size(); one++) {
      boolean[] clear = marks(folds.get(one).train(), raw.length);
      for (int other = 0; other < one; other++) {
        int[] both = marked(folds.get(other).train(), clear);
        double[] y = select(labels, both);
        if (Arrays.stream(y).distinct().count() < 2) {
          continue;
        }
        double[] x = select(raw, both);
        int[] ofOther = marked(folds.get(other).test(), clear);
        int[] ofOne = marked(folds.get(one).test(), marks(folds.get(other).train(), raw.length));
        for (int method = 0; method < METHODS.size(); method++) {
          Calibration curve = METHODS.get(method).apply(x, y);
          errors[one][method] += error(curve, raw, labels, ofOther);
          errors[other][method] += error(curve, raw, labels, ofOne);
        }
      }
    }
    return errors;
  }

  private static boolean[] marks(int[] rows, int size) {
    boolean[] marks = new boolean[size];
    Arrays.stream(rows).forEach(row -> marks[row] = true);
    return marks;
  }

  private static int[] marked(int[] rows, boolean[] marks) {
    return Arrays.stream(rows).filter(row -> marks[row]).toArray();
  }

  private static double[] select(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  private static double error(Calibration curve, double[] raw, double[] labels, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      double off = curve.apply(raw[row]) - labels[row];
      sum += off * off;
    }
    return sum;
  }

  private static int least(double[] errors) {
    return IntStream.range(0, errors.length)
        .reduce((a, b) -> errors[b] < errors[a] ? b : a)
        .orElseThrow();
  }

  /** Fold of each row, from the folds' test rows. */
  static int[] foldOf(List<Fold> folds, int rows) {
    int[] foldOf = new int[rows];
    for (Fold fold : folds) {
      Arrays.stream(fold.test()).forEach(row -> foldOf[row] = fold.number());
    }
    return foldOf;
  }
}

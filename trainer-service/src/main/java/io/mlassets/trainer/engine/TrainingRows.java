package io.mlassets.trainer.engine;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prepared rows to train on. The arrays are shared, never changed.
 *
 * @param rowMajor values, row after row; NaN is missing, infinities are refused
 * @param columns values per row
 * @param labels one finite label per row
 * @param weights one non-negative weight per row; null weighs all alike
 * @param categoricalColumns columns that hold categories 0, 1, 2, …
 * @param directions for each column 1 where scores may only rise with it, −1 where they may only
 *     fall, else 0; empty when nothing is known; 0 for categories
 */
public record TrainingRows(
    double[] rowMajor,
    int columns,
    double[] labels,
    double @Nullable [] weights,
    int[] categoricalColumns,
    int[] directions) {

  /** Refuses lengths that do not match with {@link IllegalArgumentException}. */
  public TrainingRows {
    if (columns < 1 || labels.length == 0 || rowMajor.length != columns * labels.length) {
      throw new IllegalArgumentException(
          "%d values are not %d rows of %d".formatted(rowMajor.length, labels.length, columns));
    }
    if (weights != null && weights.length != labels.length) {
      throw new IllegalArgumentException(
          "%d weights for %d rows".formatted(weights.length, labels.length));
    }
    if (directions.length != 0 && directions.length != columns) {
      throw new IllegalArgumentException(
          "%d directions for %d columns".formatted(directions.length, columns));
    }
    for (double value : rowMajor) {
      if (Double.isInfinite(value)) {
        throw new IllegalArgumentException("training rows hold an infinite value");
      }
    }
    for (double label : labels) {
      if (!Double.isFinite(label)) {
        throw new IllegalArgumentException("label %s is not finite".formatted(label));
      }
    }
    for (int column : categoricalColumns) {
      if (column < 0 || column >= columns) {
        throw new IllegalArgumentException(
            "categorical column %d is not in [0, %d)".formatted(column, columns));
      }
    }
  }

  /** Rows that all weigh the same. */
  public static TrainingRows unweighted(
      double[] rowMajor, int columns, double[] labels, int... categoricalColumns) {
    return new TrainingRows(rowMajor, columns, labels, null, categoricalColumns, new int[0]);
  }

  /** Number of rows. */
  public int rows() {
    return labels.length;
  }

  /** The rows at {@code positions}, in that order. */
  public TrainingRows select(int[] positions) {
    double[] values = new double[positions.length * columns];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(rowMajor, positions[i] * columns, values, i * columns, columns);
    }
    double[] given = weights;
    return new TrainingRows(
        values,
        columns,
        Arrays.stream(positions).mapToDouble(i -> labels[i]).toArray(),
        given == null ? null : Arrays.stream(positions).mapToDouble(i -> given[i]).toArray(),
        categoricalColumns,
        directions);
  }

  /** Directions with commas between, empty when none is known: the form of both engines. */
  String directionList() {
    return Arrays.stream(directions).allMatch(direction -> direction == 0)
        ? ""
        : Arrays.stream(directions).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}

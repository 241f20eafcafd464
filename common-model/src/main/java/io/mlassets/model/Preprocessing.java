package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlassets.feature.FeatureSchema;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fitted preprocessing: imputation, normalisation, categories. The same code offline and live.
 *
 * @param columns one per feature, in schema order
 */
public record Preprocessing(@JsonValue List<PreparedColumn> columns) {

  /** Copies; refuses no columns with {@link IllegalArgumentException}. */
  @JsonCreator
  public Preprocessing {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("preprocessing has no columns");
    }
  }

  /**
   * Fits to the rows of a training sample: median, mean and standard deviation of the finite values
   * of each numeric feature, the codes seen of each categorical one.
   *
   * @param schema names and kinds of the columns
   * @param rowMajor rows of {@code schema.size()} values; NaN is missing
   */
  public static Preprocessing fit(FeatureSchema schema, double[] rowMajor) {
    return PreprocessingFit.fit(schema, rowMajor);
  }

  /** The row trees are asked about: {@code values} in schema order become the prepared row. */
  public double[] apply(double[] values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "row has %d values, preprocessing %d columns".formatted(values.length, columns.size()));
    }
    double[] row = new double[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = columns.get(i).apply(values[i]);
    }
    return row;
  }

  /** Prepares every row of a row-major matrix. */
  public double[] applyAll(double[] rowMajor) {
    int width = columns.size();
    double[] prepared = new double[rowMajor.length];
    for (int i = 0; i < prepared.length; i++) {
      prepared[i] = columns.get(i % width).apply(rowMajor[i]);
    }
    return prepared;
  }

  /** Positions of the named columns; an unknown name → {@link IllegalArgumentException}. */
  public int[] positions(List<String> names) {
    List<String> known = columns.stream().map(PreparedColumn::name).toList();
    int[] positions = names.stream().mapToInt(known::indexOf).toArray();
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0) {
        throw new IllegalArgumentException("input %s is not in %s".formatted(names.get(i), known));
      }
    }
    return positions;
  }

  /** Positions of the columns that hold categories. */
  public int[] categoricalColumns() {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i) instanceof PreparedColumn.Category)
        .toArray();
  }
}

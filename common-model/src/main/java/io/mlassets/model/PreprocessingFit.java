package io.mlassets.model;

import io.mlassets.feature.FeatureSchema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Fits {@link Preprocessing}. */
final class PreprocessingFit {
  private PreprocessingFit() {}

  static Preprocessing fit(FeatureSchema schema, double[] rowMajor) {
    if (rowMajor.length == 0 || rowMajor.length % schema.size() != 0) {
      throw new IllegalArgumentException(
          "%d values are not whole rows of %d".formatted(rowMajor.length, schema.size()));
    }
    return new Preprocessing(
        IntStream.range(0, schema.size()).mapToObj(i -> column(schema, rowMajor, i)).toList());
  }

  private static PreparedColumn column(FeatureSchema schema, double[] rowMajor, int index) {
    double[] finite =
        IntStream.range(0, rowMajor.length / schema.size())
            .mapToDouble(row -> rowMajor[row * schema.size() + index])
            .filter(Double::isFinite)
            .toArray();
    String name = schema.names().get(index);
    return schema.isCategorical(index) ? category(name, finite) : numeric(name, finite);
  }

  private static PreparedColumn category(String name, double[] values) {
    List<Integer> codes =
        Arrays.stream(values).mapToInt(v -> (int) v).distinct().sorted().boxed().toList();
    return new PreparedColumn.Category(name, codes);
  }

  /** A feature without a single value becomes a constant 0, which no tree can split on. */
  private static PreparedColumn numeric(String name, double[] values) {
    if (values.length == 0) {
      return new PreparedColumn.Numeric(name, 0, 0, 1);
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double sd = Math.sqrt(squares / values.length);
    Arrays.sort(values);
    int middle = values.length / 2;
    double median =
        values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    return new PreparedColumn.Numeric(name, median, mean, sd > 0 ? sd : 1);
  }
}

package io.mlassets.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark found.
 *
 * @param tables for people
 * @param fields for machines, under the names of the design: numbers, strings, lists or maps of
 *     such; null where something was not measured
 * @param broken what should hold and does not, one sentence each
 */
public record Report(
    List<Table> tables, SequencedMap<String, @Nullable Object> fields, List<String> broken) {

  /** Copies. */
  public Report {
    tables = List.copyOf(tables);
    fields = new LinkedHashMap<>(fields);
    broken = List.copyOf(broken);
  }

  /** Figures of which nothing is asked. */
  public Report(List<Table> tables, SequencedMap<String, @Nullable Object> fields) {
    this(tables, fields, List.of());
  }

  /** Fields in the order given, names and values by turns; values may be null. */
  public static SequencedMap<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return fields;
  }

  /** The median of at least one value. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

package io.mlassets.model;

import io.mlassets.model.SplitColumn.Categories;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which of a block's rows go right at each of the sets that splits ask a feature for: rows are
 * parted by category once, and a set takes the parts of those categories that go right.
 */
final class CategoryRows {
  private final Categories first;

  /** Every category that is in a set, {@link Categories#MISSING} and {@link Categories#NONE}. */
  private final int[] known;

  private final int none;

  /** By set: positions of the categories that go right. */
  private final int[][] right;

  /**
   * For the sets of one feature.
   *
   * @param sets not empty
   */
  CategoryRows(List<Categories> sets) {
    first = sets.getFirst();
    known =
        Stream.concat(
                Stream.of(IntStream.of(Categories.MISSING, Categories.NONE)),
                sets.stream().map(set -> set.set().stream()))
            .flatMapToInt(categories -> categories)
            .sorted()
            .distinct()
            .toArray();
    none = Arrays.binarySearch(known, Categories.NONE);
    right =
        sets.stream()
            .map(
                set ->
                    IntStream.range(0, known.length)
                        .filter(part -> !set.goesLeft(known[part]))
                        .toArray())
            .toArray(int[][]::new);
  }

  /** The rows of each category, one bit each; what is in no set is with what is no category. */
  long[] parted(double[] rows, int offset, int stride, int count) {
    long[] parts = new long[known.length];
    int at = offset + first.feature();
    for (int i = 0; i < count; i++) {
      int part = Arrays.binarySearch(known, first.category(rows[at]));
      parts[part < 0 ? none : part] |= 1L << i;
      at += stride;
    }
    return parts;
  }

  /** The rows that go right at a set. */
  long right(int set, long[] parts) {
    long rows = 0;
    for (int part : right[set]) {
      rows |= parts[part];
    }
    return rows;
  }
}

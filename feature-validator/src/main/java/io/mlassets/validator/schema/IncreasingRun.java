package io.mlassets.validator.schema;

/**
 * Longest increasing subsequence by dynamic programming (Cormen et al., Introduction to Algorithms,
 * problem 15.4-5), quadratic, which schemas of some hundred features bear.
 */
final class IncreasingRun {
  private IncreasingRun() {}

  /** Marks the members of one longest strictly increasing subsequence, the first found. */
  static boolean[] longest(int[] values) {
    int[] length = new int[values.length];
    int[] before = new int[values.length];
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      before[i] = -1;
      length[i] = 1;
      for (int j = 0; j < i; j++) {
        if (values[j] < values[i] && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          before[i] = j;
        }
      }
      if (last < 0 || length[i] > length[last]) {
        last = i;
      }
    }
    boolean[] kept = new boolean[values.length];
    for (int i = last; i >= 0; i = before[i]) {
      kept[i] = true;
    }
    return kept;
  }
}

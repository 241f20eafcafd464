package io.mlassets.bench.inference;

/**
 * Scores compared with the native engine's, bit by bit.
 *
 * @param compared rows
 * @param rows of them with a score that is not the engine's to the last bit
 * @param bits that differ in all of these together
 */
record Mismatches(long compared, long rows, long bits) {
  static final Mismatches NONE = new Mismatches(0, 0, 0);

  /**
   * Compares.
   *
   * @param theirs the engine's scores
   * @param batch ours of all rows together
   * @param single ours row by row
   */
  static Mismatches of(double[] theirs, double[] batch, double[] single) {
    if (batch.length != theirs.length || single.length != theirs.length) {
      throw new IllegalArgumentException(
          "%d and %d scores for %d rows".formatted(batch.length, single.length, theirs.length));
    }
    long rows = 0;
    long bits = 0;
    for (int i = 0; i < theirs.length; i++) {
      int off = bits(theirs[i], batch[i]) + bits(theirs[i], single[i]);
      bits += off;
      rows += off > 0 ? 1 : 0;
    }
    return new Mismatches(theirs.length, rows, bits);
  }

  private static int bits(double a, double b) {
    return Long.bitCount(Double.doubleToRawLongBits(a) ^ Double.doubleToRawLongBits(b));
  }

  Mismatches plus(Mismatches other) {
    return new Mismatches(compared + other.compared, rows + other.rows, bits + other.bits);
  }
}

package io.mlassets.trainer.search;

import java.util.Arrays;

/**
 * What kernels of a whole number have in its cells, so that what is costly is computed once: a row
 * for each value, in it two places for each kernel. Proposals look at the same few values and
 * nearly the same kernels again and again. A value that falls on another's row takes it.
 */
final class Cells {
  private static final int ROWS = 512;
  private final Row[] rows = new Row[ROWS];

  /**
   * One value's cell.
   *
   * @param value the whole number
   * @param lower where it begins on the parameter's scale
   * @param upper where it ends
   * @param known by kernel: the width it had, 0 if never asked for, and the log of what it has in
   *     the cell, before the cut
   */
  record Row(int value, double lower, double upper, double[] known) {
    private Row longer(int kernels) {
      return new Row(value, lower, upper, Arrays.copyOf(known, 2 * kernels));
    }
  }

  /** The row of a value, with room for so many kernels. */
  Row of(int value, Scale scale, int kernels) {
    int place = value & (ROWS - 1);
    Row row = rows[place];
    if (row == null || row.value != value) {
      row =
          new Row(
              value, scale.inward(value - 0.5), scale.inward(value + 0.5), new double[2 * kernels]);
      rows[place] = row;
    } else if (row.known.length < 2 * kernels) {
      row = row.longer(kernels);
      rows[place] = row;
    }
    return row;
  }
}

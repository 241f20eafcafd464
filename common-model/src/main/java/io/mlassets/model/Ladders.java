package io.mlassets.model;

import java.util.Arrays;

/**
 * The distinct bounds a column is compared with, rising, 255 to a ladder, so that the number of
 * rungs a key is above is a byte. A column with more bounds has more ladders.
 */
final class Ladders {
  /** A key is looked up among sixteen sixteenths, then among sixteen rungs. */
  static final int STEP = 16;

  /** Room of a ladder; the last rung is one that no key is above. */
  static final int RUNGS = STEP * STEP;

  /** Ladder after ladder. */
  final long[] rungs;

  /** The last of each sixteen rungs. */
  final long[] sixteenths;

  private final SplitColumn[] columns;
  private final boolean[] low;

  /** By node. */
  private final int[] ladder;

  private final int[] rung;

  /**
   * Of all nodes.
   *
   * @param rising nodes, column by column, bounds rising
   */
  Ladders(TreeTable table, int[] rising) {
    ladder = new int[rising.length];
    rung = new int[rising.length];
    int count = climb(table, rising);
    columns = new SplitColumn[count];
    low = new boolean[count];
    Arrays.fill(low, true);
    rungs = new long[count * RUNGS];
    Arrays.fill(rungs, SplitColumn.RIGHT);
    for (int node : rising) {
      columns[ladder[node]] = table.columns.get(table.column[node]);
      low[ladder[node]] &= rung[node] < STEP;
      rungs[ladder[node] * RUNGS + rung[node]] = table.bound[node];
    }
    sixteenths = new long[count * STEP];
    Arrays.setAll(sixteenths, i -> rungs[STEP * i + STEP - 1]);
  }

  /** Gives each node its rung; returns how many ladders there are. */
  private int climb(TreeTable table, int[] rising) {
    for (int i = 1; i < rising.length; i++) {
      int node = rising[i];
      int before = rising[i - 1];
      boolean sameColumn = table.column[node] == table.column[before];
      boolean sameBound = sameColumn && table.bound[node] == table.bound[before];
      boolean full = !sameBound && rung[before] == RUNGS - 2;
      ladder[node] = ladder[before] + (sameColumn && !full ? 0 : 1);
      rung[node] = sameBound ? rung[before] : sameColumn && !full ? rung[before] + 1 : 0;
    }
    return rising.length == 0 ? 0 : ladder[rising[rising.length - 1]] + 1;
  }

  int count() {
    return columns.length;
  }

  /** What a ladder's keys are made of. */
  SplitColumn column(int ladder) {
    return columns[ladder];
  }

  /** Whether a ladder has no more than sixteen rungs. */
  boolean isLow(int ladder) {
    return low[ladder];
  }

  /** The ladder a node's bound is on. */
  int ladder(int node) {
    return ladder[node];
  }

  /** How many rungs are below a node's bound. */
  int rung(int node) {
    return rung[node];
  }
}

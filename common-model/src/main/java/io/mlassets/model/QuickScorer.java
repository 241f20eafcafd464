package io.mlassets.model;

import java.util.Arrays;

/**
 * QuickScorer (Lucchese et al., SIGIR 2015): column by column through the splits of all trees,
 * bounds rising, as long as the row's key is above them. Each of these splits sends the row right,
 * so the leaves under its left are crossed out; the leaf of a tree is the first that is left. No
 * branch depends on a single split, and memory is read in order.
 */
final class QuickScorer implements RowScorer {
  /** Leaves of a tree, one bit each. */
  static final int MOST_LEAVES = 64;

  private final SplitColumn[] columns;

  /** By column, and one more: where its splits begin. */
  private final int[] first;

  private final long[] bound;
  private final int[] tree;

  /** Leaves that stay. */
  private final long[] mask;

  private final int[] firstLeaf;
  private final double[] leaf;
  private final LeafSum sum;

  QuickScorer(TreeTable table) {
    columns = table.columns.toArray(SplitColumn[]::new);
    first = new int[columns.length + 1];
    int nodes = table.column.length;
    bound = new long[nodes];
    tree = new int[nodes];
    mask = new long[nodes];
    firstLeaf = table.firstLeaf;
    leaf = table.leaf;
    sum = table.sum;
    fill(table, TreeShape.of(table));
  }

  private void fill(TreeTable table, TreeShape shape) {
    int[] treeOf = new int[table.column.length];
    for (int t = 0; t < table.trees(); t++) {
      Arrays.fill(treeOf, table.firstNode[t], table.firstNode[t + 1], t);
    }
    int[] order = shape.rising();
    for (int i = 0; i < order.length; i++) {
      int node = order[i];
      first[table.column[node] + 1] = i + 1;
      bound[i] = table.bound[node];
      tree[i] = treeOf[node];
      long left = -1L >>> (Long.SIZE - shape.leftLeaves()[node]);
      mask[i] = ~(left << shape.before()[node]);
    }
  }

  @Override
  public double raw(double[] rows, int offset) {
    long[] open = new long[firstLeaf.length - 1];
    Arrays.fill(open, -1L);
    for (int c = 0; c < columns.length; c++) {
      long key = columns[c].key(rows[offset + columns[c].feature()]);
      int end = first[c + 1];
      for (int i = first[c]; i < end && key > bound[i]; i++) {
        open[tree[i]] &= mask[i];
      }
    }
    double total = sum.start();
    for (int t = 0; t < open.length; t++) {
      total = sum.add(total, leaf[firstLeaf[t] + Long.numberOfTrailingZeros(open[t])]);
    }
    return total;
  }
}

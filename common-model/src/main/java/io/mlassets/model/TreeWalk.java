package io.mlassets.model;

/** Node by node: for trees of any size, and what the quick forms are held against. */
record TreeWalk(TreeTable table) implements RowScorer {

  @Override
  public double raw(double[] rows, int offset) {
    long[] keys = new long[table.columns.size()];
    for (int i = 0; i < keys.length; i++) {
      SplitColumn column = table.columns.get(i);
      keys[i] = column.key(rows[offset + column.feature()]);
    }
    double sum = table.sum.start();
    for (int tree = 0; tree < table.trees(); tree++) {
      int at = table.root(tree);
      while (at >= 0) {
        at = keys[table.column[at]] > table.bound[at] ? table.right[at] : table.left[at];
      }
      sum = table.sum.add(sum, table.leaf[~at]);
    }
    return sum;
  }
}

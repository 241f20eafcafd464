package io.mlassets.model;

/**
 * XGBoost: floats, {@code value < threshold} goes left, leaves added as floats to the base margin.
 */
record XgBoostWalk(TreeTable table, float baseMargin) implements TreeWalk {
  private static final float MAX_CATEGORY = 1 << 24;

  @Override
  public double raw(double[] rows, int offset) {
    float sum = baseMargin;
    for (int root : table.roots) {
      int at = root;
      while (at >= 0) {
        at =
            goesLeft(at, (float) rows[offset + table.feature[at]])
                ? table.left[at]
                : table.right[at];
      }
      sum += (float) table.leaf[~at];
    }
    return sum;
  }

  private boolean goesLeft(int node, float value) {
    if (Float.isNaN(value)) {
      return table.is(node, TreeTable.DEFAULT_LEFT);
    }
    if (!table.is(node, TreeTable.CATEGORICAL)) {
      return value < table.threshold[node];
    }
    // The set holds what goes right; what can be no category goes left.
    return value < 0 || value >= MAX_CATEGORY || !table.contains(node, (int) value);
  }
}

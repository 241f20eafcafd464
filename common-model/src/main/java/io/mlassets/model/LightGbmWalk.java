package io.mlassets.model;

/** LightGBM: doubles, {@code value <= threshold} goes left, leaves added in tree order. */
record LightGbmWalk(TreeTable table) implements TreeWalk {
  /** LightGBM's {@code kZeroThreshold}: what is nearer to zero is zero. */
  private static final double ZERO = 1e-35f;

  @Override
  public double raw(double[] rows, int offset) {
    double sum = 0;
    for (int root : table.roots) {
      int at = root;
      while (at >= 0) {
        at = next(at, rows[offset + table.feature[at]]);
      }
      sum += table.leaf[~at];
    }
    return sum;
  }

  private int next(int node, double given) {
    double value = Math.abs(given) <= ZERO ? 0 : given;
    int flags = table.flags[node];
    if ((flags & TreeTable.CATEGORICAL) != 0) {
      return isIn(node, value) ? table.left[node] : table.right[node];
    }
    if (Double.isNaN(value) && (flags & TreeTable.NAN_IS_MISSING) == 0) {
      value = 0;
    }
    boolean missing =
        (flags & TreeTable.NAN_IS_MISSING) != 0
            ? Double.isNaN(value)
            : (flags & TreeTable.ZERO_IS_MISSING) != 0 && value == 0;
    boolean goesLeft =
        missing ? (flags & TreeTable.DEFAULT_LEFT) != 0 : value <= table.threshold[node];
    return goesLeft ? table.left[node] : table.right[node];
  }

  /** The category is cut to a whole number; NaN, negative and huge ones are in no set. */
  private boolean isIn(int node, double value) {
    return value > -1 && value < Integer.MAX_VALUE && table.contains(node, (int) value);
  }
}

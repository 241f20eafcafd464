package io.mlassets.model;

/** The way an engine asks its trees, exactly as it does itself. */
sealed interface TreeWalk permits LightGbmWalk, XgBoostWalk {

  TreeTable table();

  /** The raw score of the row that starts at {@code offset}. */
  double raw(double[] rows, int offset);
}

package io.mlassets.model;

/** A way to the raw score of one row. */
sealed interface RowScorer permits TreeWalk, QuickScorer {

  /** The raw score of the row that starts at {@code offset}. */
  double raw(double[] rows, int offset);
}

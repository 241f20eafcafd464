package io.mlassets.model;

import java.util.List;

/**
 * All trees of an ensemble in flat arrays, one tree after the other: its nodes from the root,
 * parents before children, left before right; its leaves from left to right. A child at or above
 * zero is a node, below zero the complement of a leaf. Built by {@link TreeTableBuilder}, which
 * lets no index pass that leads outside.
 */
final class TreeTable {
  /** Values a row has. */
  final int width;

  /** What nodes ask about. */
  final List<SplitColumn> columns;

  final LeafSum sum;

  /** By tree, and one more for the end. */
  final int[] firstNode;

  final int[] firstLeaf;

  /** By node: its column, and the bound above which a key goes right. */
  final int[] column;

  final long[] bound;
  final int[] left;
  final int[] right;
  final double[] leaf;

  TreeTable(int width, LeafSum sum, TreeTableBuilder b) {
    this.width = width;
    this.sum = sum;
    columns = List.copyOf(b.columns.keySet());
    firstNode = b.firstNode.toArray();
    firstLeaf = b.firstLeaf.toArray();
    column = b.column.toArray();
    bound = b.bound.toArray();
    left = b.left.toArray();
    right = b.right.toArray();
    leaf = b.leaf.toArray();
  }

  int trees() {
    return firstNode.length - 1;
  }

  /** Where a tree starts: a node, or the complement of its only leaf. */
  int root(int tree) {
    return firstNode[tree] < firstNode[tree + 1] ? firstNode[tree] : ~firstLeaf[tree];
  }

  /** Leaves of the largest tree. */
  int mostLeaves() {
    int most = 0;
    for (int tree = 0; tree < trees(); tree++) {
      most = Math.max(most, firstLeaf[tree + 1] - firstLeaf[tree]);
    }
    return most;
  }
}

package io.mlassets.model;

import java.util.Arrays;

/**
 * All trees of an ensemble in flat arrays. A child at or above zero is a node, below zero the
 * complement of a leaf; so is a root. Built by {@link TreeTableBuilder}, which lets no index pass
 * that leads outside.
 */
final class TreeTable {
  /** A node that asks for membership in a set of categories. */
  static final byte CATEGORICAL = 1;

  /** Missing values go left. */
  static final byte DEFAULT_LEFT = 2;

  /** LightGBM: zero counts as missing. */
  static final byte ZERO_IS_MISSING = 4;

  /** LightGBM: NaN counts as missing; without it NaN is taken for zero. */
  static final byte NAN_IS_MISSING = 8;

  final int columns;
  final int[] roots;
  final int[] feature;
  final byte[] flags;
  final int[] left;
  final int[] right;
  final double[] threshold;
  final int[] setStart;
  final int[] setLength;
  final double[] leaf;
  final int[] sets;

  TreeTable(int columns, TreeTableBuilder b) {
    this.columns = columns;
    roots = b.roots.toArray();
    feature = b.feature.toArray();
    flags = b.flags.toBytes();
    left = b.left.toArray();
    right = b.right.toArray();
    threshold = b.threshold.toArray();
    setStart = b.setStart.toArray();
    setLength = b.setLength.toArray();
    leaf = b.leaf.toArray();
    sets = b.sets.toArray();
  }

  boolean is(int node, byte flag) {
    return (flags[node] & flag) != 0;
  }

  /** Whether the bit set of {@code node} holds {@code category}, which is not negative. */
  boolean contains(int node, int category) {
    int word = category >>> 5;
    return word < setLength[node] && (sets[setStart[node] + word] >>> (category & 31) & 1) != 0;
  }

  @Override
  public String toString() {
    return "%d trees, %d nodes, roots %s"
        .formatted(roots.length, feature.length, Arrays.toString(roots));
  }
}

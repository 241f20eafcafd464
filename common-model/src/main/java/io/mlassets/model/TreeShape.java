package io.mlassets.model;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What the quick forms know of an ensemble beside its nodes.
 *
 * @param before by node, the leaves of its tree left of all under it
 * @param leftLeaves by node, the leaves under its left
 * @param rising all nodes, column by column, bounds rising
 */
record TreeShape(int[] before, int[] leftLeaves, int[] rising) {

  static TreeShape of(TreeTable table) {
    int nodes = table.column.length;
    int[] before = new int[nodes];
    int[] leftLeaves = new int[nodes];
    int[] leaves = new int[nodes];
    for (int node = nodes - 1; node >= 0; node--) {
      leftLeaves[node] = under(table.left[node], leaves);
      leaves[node] = leftLeaves[node] + under(table.right[node], leaves);
    }
    for (int node = 0; node < nodes; node++) {
      if (table.left[node] >= 0) {
        before[table.left[node]] = before[node];
      }
      if (table.right[node] >= 0) {
        before[table.right[node]] = before[node] + leftLeaves[node];
      }
    }
    return new TreeShape(before, leftLeaves, rising(table));
  }

  private static int under(int child, int[] leaves) {
    return child >= 0 ? leaves[child] : 1;
  }

  private static int[] rising(TreeTable table) {
    return IntStream.range(0, table.column.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(node -> table.column[node])
                .thenComparingLong(node -> table.bound[node]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}

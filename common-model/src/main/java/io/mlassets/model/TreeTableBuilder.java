package io.mlassets.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Collects trees, checking each: children exist, every node is reached once, features are values of
 * a row, leaves are finite and so is every score. Otherwise {@link InvalidModelException}.
 */
final class TreeTableBuilder {
  final SequencedMap<SplitColumn, Integer> columns = new LinkedHashMap<>();
  final Growing.Ints firstNode = new Growing.Ints();
  final Growing.Ints firstLeaf = new Growing.Ints();
  final Growing.Ints column = new Growing.Ints();
  final Growing.Longs bound = new Growing.Longs();
  final Growing.Ints left = new Growing.Ints();
  final Growing.Ints right = new Growing.Ints();
  final Growing.Doubles leaf = new Growing.Doubles();
  private final int width;

  TreeTableBuilder(int width) {
    if (width < 1 || width > 100_000) {
      throw new InvalidModelException("%d columns are not in [1, 100000]".formatted(width));
    }
    this.width = width;
    firstNode.add(0);
    firstLeaf.add(0);
  }

  /** One tree as its file has it; children as in {@link TreeTable}, counted within the tree. */
  interface Source {
    /** A root: 0, or -1 for a tree that is one leaf. */
    int root();

    int nodes();

    int leaves();

    int left(int node);

    int right(int node);

    SplitColumn column(int node);

    long bound(int node);

    double leafValue(int leaf);
  }

  void add(Source tree) {
    int name = firstNode.size() - 1;
    Order order = order(name, tree);
    int nodes = column.size();
    int leaves = leaf.size();
    for (int node : order.nodes()) {
      SplitColumn asked = tree.column(node);
      int feature = asked.feature();
      require(feature >= 0 && feature < width, name, "node %d asks for column %d", node, feature);
      column.add(columns.computeIfAbsent(asked, unknown -> columns.size()));
      bound.add(tree.bound(node));
      left.add(order.place(tree.left(node), nodes, leaves));
      right.add(order.place(tree.right(node), nodes, leaves));
    }
    for (int i : order.leaves()) {
      double value = tree.leafValue(i);
      require(Double.isFinite(value), name, "leaf %d is %s", i, value);
      leaf.add(value);
    }
    firstNode.add(column.size());
    firstLeaf.add(leaf.size());
  }

  TreeTable build(LeafSum sum) {
    TreeTable table = new TreeTable(width, sum, this);
    double most = Math.abs(sum.start());
    for (int tree = 0; tree < table.trees(); tree++) {
      most +=
          Arrays.stream(table.leaf, table.firstLeaf[tree], table.firstLeaf[tree + 1])
              .map(Math::abs)
              .max()
              .orElse(0);
    }
    if (most > (sum.inFloats() ? Float.MAX_VALUE : Double.MAX_VALUE)) {
      throw new InvalidModelException("leaves can sum up to %s, no finite score".formatted(most));
    }
    return table;
  }

  /**
   * Nodes and leaves of a file in the table's order.
   *
   * @param placeOfNode by number in the file
   * @param placeOfLeaf by number in the file
   */
  private record Order(int[] nodes, int[] leaves, int[] placeOfNode, int[] placeOfLeaf) {

    int place(int child, int firstNode, int firstLeaf) {
      return child >= 0 ? firstNode + placeOfNode[child] : ~(firstLeaf + placeOfLeaf[~child]);
    }
  }

  /** Every node and leaf is met from the root, once. */
  private static Order order(int name, Source tree) {
    int[] nodes = new int[tree.nodes()];
    int[] leaves = new int[tree.leaves()];
    int[] placeOfNode = new int[nodes.length];
    int[] placeOfLeaf = new int[leaves.length];
    Arrays.fill(placeOfNode, -1);
    Arrays.fill(placeOfLeaf, -1);
    int nodesMet = 0;
    int leavesMet = 0;
    Deque<Integer> open = new ArrayDeque<>();
    open.push(tree.root());
    while (!open.isEmpty()) {
      int child = open.pop();
      boolean isNode = child >= 0;
      int index = isNode ? child : ~child;
      int[] place = isNode ? placeOfNode : placeOfLeaf;
      String kind = isNode ? "node" : "leaf";
      require(index < place.length, name, "%s %d is not below %d", kind, index, place.length);
      require(place[index] < 0, name, "%s %d is reached twice", kind, index);
      if (isNode) {
        place[index] = nodesMet;
        nodes[nodesMet++] = index;
        open.push(tree.right(child));
        open.push(tree.left(child));
      } else {
        place[index] = leavesMet;
        leaves[leavesMet++] = index;
      }
    }
    int met = nodesMet + leavesMet;
    int all = nodes.length + leaves.length;
    require(met == all, name, "only %d of %d nodes and leaves are reached", met, all);
    return new Order(nodes, leaves, placeOfNode, placeOfLeaf);
  }

  static void require(boolean holds, int tree, String what, Object... args) {
    if (!holds) {
      throw new InvalidModelException("tree " + tree + ": " + what.formatted(args));
    }
  }
}

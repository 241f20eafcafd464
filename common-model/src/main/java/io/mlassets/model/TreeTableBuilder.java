package io.mlassets.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Collects trees, checking each: children exist, every node is reached once, features are columns,
 * numbers are finite. Otherwise {@link InvalidModelException}.
 */
final class TreeTableBuilder {
  final Growing.Ints roots = new Growing.Ints();
  final Growing.Ints feature = new Growing.Ints();
  final Growing.Ints flags = new Growing.Ints();
  final Growing.Ints left = new Growing.Ints();
  final Growing.Ints right = new Growing.Ints();
  final Growing.Doubles threshold = new Growing.Doubles();
  final Growing.Ints setStart = new Growing.Ints();
  final Growing.Ints setLength = new Growing.Ints();
  final Growing.Doubles leaf = new Growing.Doubles();
  final Growing.Ints sets = new Growing.Ints();
  private final int columns;

  TreeTableBuilder(int columns) {
    if (columns < 1 || columns > 100_000) {
      throw new InvalidModelException("%d columns are not in [1, 100000]".formatted(columns));
    }
    this.columns = columns;
  }

  /** One tree as its file has it; children as in {@link TreeTable}, counted within the tree. */
  interface Source {
    /** A root: 0, or -1 for a tree that is one leaf. */
    int root();

    int nodes();

    int leaves();

    int left(int node);

    int right(int node);

    int feature(int node);

    byte flags(int node);

    double threshold(int node);

    /** Words of the bit set of a categorical node. */
    int[] set(int node);

    double leafValue(int leaf);
  }

  void add(Source tree) {
    int name = roots.size();
    int firstNode = feature.size();
    int firstLeaf = leaf.size();
    requireTree(name, tree);
    roots.add(shift(tree.root(), firstNode, firstLeaf));
    for (int node = 0; node < tree.nodes(); node++) {
      addNode(name, tree, node, firstNode, firstLeaf);
    }
    for (int i = 0; i < tree.leaves(); i++) {
      double value = tree.leafValue(i);
      require(Double.isFinite(value), name, "leaf %d is %s", i, value);
      leaf.add(value);
    }
  }

  TreeTable build() {
    return new TreeTable(columns, this);
  }

  private void addNode(int name, Source tree, int node, int firstNode, int firstLeaf) {
    int column = tree.feature(node);
    double bound = tree.threshold(node);
    byte how = tree.flags(node);
    require(column >= 0 && column < columns, name, "node %d asks for column %d", node, column);
    require(!Double.isNaN(bound), name, "node %d has threshold %s", node, bound);
    int[] set = (how & TreeTable.CATEGORICAL) != 0 ? tree.set(node) : new int[0];
    feature.add(column);
    threshold.add(bound);
    flags.add(how);
    left.add(shift(tree.left(node), firstNode, firstLeaf));
    right.add(shift(tree.right(node), firstNode, firstLeaf));
    setStart.add(sets.size());
    setLength.add(set.length);
    sets.addAll(set);
  }

  private static int shift(int child, int firstNode, int firstLeaf) {
    return child >= 0 ? child + firstNode : child - firstLeaf;
  }

  private static void requireTree(int name, Source tree) {
    boolean[] nodeSeen = new boolean[tree.nodes()];
    boolean[] leafSeen = new boolean[tree.leaves()];
    Deque<Integer> open = new ArrayDeque<>();
    open.push(tree.root());
    int met = 0;
    while (!open.isEmpty()) {
      int child = open.pop();
      boolean[] seen = child >= 0 ? nodeSeen : leafSeen;
      int index = child >= 0 ? child : ~child;
      String kind = child >= 0 ? "node" : "leaf";
      require(index < seen.length, name, "%s %d is not below %d", kind, index, seen.length);
      require(!seen[index], name, "%s %d is reached twice", kind, index);
      seen[index] = true;
      met++;
      if (child >= 0) {
        open.push(tree.right(child));
        open.push(tree.left(child));
      }
    }
    int all = nodeSeen.length + leafSeen.length;
    require(met == all, name, "only %d of %d nodes and leaves are reached", met, all);
  }

  static void require(boolean holds, int tree, String what, Object... args) {
    if (!holds) {
      throw new InvalidModelException("tree " + tree + ": " + what.formatted(args));
    }
  }
}

package io.mlassets.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many rows at once by the Vector API, one byte a row. A key becomes its rank among the bounds its
 * column is compared with; a split is then one comparison of as many rows as a register has bytes,
 * and a row's leaf is counted up by the leaves it passes on its left.
 */
final class RowBlocks {
  /** Leaves of a tree, so that a leaf's position is a byte. */
  static final int MOST_LEAVES = 256;

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int ROWS = BYTES.length();

  private final TreeTable table;
  private final Ladders ladders;

  /** Ladders of numbers. */
  private final int[] numbers;

  /** Features asked for categories, and by feature the ladders of their sets. */
  private final List<CategoryRows> categories = new ArrayList<>();

  private final List<int[]> setsOf = new ArrayList<>();

  /** By node: where its ladder's ranks begin, and the rank above which a row goes right. */
  private final int[] ranksAt;

  private final byte[] rank;
  private final byte[] leftLeaves;

  /** By node: where the rows that go left, or right, are kept; those at a leaf nowhere. */
  private final int[] leftAt;

  private final int[] rightAt;

  RowBlocks(TreeTable table) {
    this.table = table;
    TreeShape shape = TreeShape.of(table);
    ladders = new Ladders(table, shape.rising());
    numbers = IntStream.range(0, ladders.count()).filter(i -> !isSet(i)).toArray();
    IntStream.range(0, ladders.count())
        .filter(this::isSet)
        .boxed()
        .collect(Collectors.groupingBy(i -> ladders.column(i).feature()))
        .forEach((feature, sets) -> addCategories(sets));
    int nodes = table.column.length;
    ranksAt = new int[nodes];
    rank = new byte[nodes];
    leftLeaves = new byte[nodes];
    leftAt = new int[nodes];
    rightAt = new int[nodes];
    for (int tree = 0; tree < table.trees(); tree++) {
      int first = table.firstNode[tree];
      for (int node = first; node < table.firstNode[tree + 1]; node++) {
        ranksAt[node] = ladders.ladder(node) * ROWS;
        rank[node] = (byte) ladders.rung(node);
        leftLeaves[node] = (byte) shape.leftLeaves()[node];
        leftAt[node] = table.left[node] >= 0 ? table.left[node] - first : table.mostLeaves();
        rightAt[node] = table.right[node] >= 0 ? table.right[node] - first : table.mostLeaves();
      }
    }
  }

  private boolean isSet(int ladder) {
    return ladders.column(ladder) instanceof SplitColumn.Categories;
  }

  private void addCategories(List<Integer> sets) {
    categories.add(
        new CategoryRows(
            sets.stream().map(i -> (SplitColumn.Categories) ladders.column(i)).toList()));
    setsOf.add(sets.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Raw scores of the rows of a row-major matrix. */
  void score(double[] rowMajor, double[] scores) {
    byte[] ranks = new byte[ladders.count() * ROWS];
    byte[] leaves = new byte[ROWS];
    long[] keys = new long[ROWS];
    long[] reached = new long[table.mostLeaves() + 1];
    Arrays.fill(scores, table.sum.start());
    for (int row = 0; row < scores.length; row += ROWS) {
      int count = Math.min(ROWS, scores.length - row);
      rank(rowMajor, row * table.width, count, keys, ranks);
      rankCategories(rowMajor, row * table.width, count, ranks);
      for (int tree = 0; tree < table.trees(); tree++) {
        findLeaves(tree, ranks, reached).intoArray(leaves, 0);
        addLeaves(tree, leaves, scores, row, count);
      }
    }
  }

  private void rank(double[] rows, int offset, int count, long[] keys, byte[] ranks) {
    for (int ladder : numbers) {
      ladders.column(ladder).keys(rows, offset, table.width, count, keys);
      for (int i = 0; i < count; i++) {
        ranks[ladder * ROWS + i] = (byte) rank(ladder, keys[i]);
      }
    }
  }

  /** A row that goes right at a set is above its one rung, any other is not. */
  private void rankCategories(double[] rows, int offset, int count, byte[] ranks) {
    for (int i = 0; i < setsOf.size(); i++) {
      long[] parts = categories.get(i).parted(rows, offset, table.width, count);
      int[] sets = setsOf.get(i);
      for (int set = 0; set < sets.length; set++) {
        VectorMask<Byte> right = VectorMask.fromLong(BYTES, categories.get(i).right(set, parts));
        ByteVector.zero(BYTES).blend((byte) 1, right).intoArray(ranks, sets[set] * ROWS);
      }
    }
  }

  /** How many rungs a key is above. */
  private int rank(int ladder, long key) {
    int sixteenths =
        ladders.isLow(ladder) ? 0 : above(ladders.sixteenths, ladder * Ladders.STEP, key);
    int low = sixteenths * Ladders.STEP;
    return low + above(ladders.rungs, ladder * Ladders.RUNGS + low, key);
  }

  private static int above(long[] bounds, int from, long key) {
    int above = 0;
    for (int i = 0; i < Ladders.STEP; i += LONGS.length()) {
      above +=
          LongVector.fromArray(LONGS, bounds, from + i)
              .compare(VectorOperators.LT, key)
              .trueCount();
    }
    return above;
  }

  /** The leaf of each row, counted from the left. */
  private ByteVector findLeaves(int tree, byte[] ranks, long[] reached) {
    ByteVector leaves = ByteVector.zero(BYTES);
    int first = table.firstNode[tree];
    reached[0] = -1L;
    for (int node = first; node < table.firstNode[tree + 1]; node++) {
      long here = reached[node - first];
      long right =
          here
              & ByteVector.fromArray(BYTES, ranks, ranksAt[node])
                  .compare(VectorOperators.UGT, rank[node])
                  .toLong();
      leaves = leaves.add(leftLeaves[node], VectorMask.fromLong(BYTES, right));
      reached[rightAt[node]] = right;
      reached[leftAt[node]] = here ^ right;
    }
    return leaves;
  }

  private void addLeaves(int tree, byte[] leaves, double[] scores, int row, int count) {
    int first = table.firstLeaf[tree];
    for (int i = 0; i < count; i++) {
      double leaf = table.leaf[first + Byte.toUnsignedInt(leaves[i])];
      scores[row + i] = table.sum.add(scores[row + i], leaf);
    }
  }
}

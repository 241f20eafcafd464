package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.SplitColumn.Missing;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quick forms against the walk, bit for bit; the walk against the engines where they are. */
@Tag("T-07")
class RowScorersTest {
  private static final int WIDTH = 7;
  private static final double[] ODD = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e-35f,
    -1e-35f,
    Math.nextUp((double) 1e-35f),
    Float.MAX_VALUE,
    Double.MAX_VALUE,
    -1,
    -0.5,
    3,
    31.99,
    1 << 24,
    Integer.MAX_VALUE
  };

  private final SplittableRandom random = new SplittableRandom(9);

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "40, 31, 3", "30, 64, 400", "3, 2, 1", "12, 64, 5"})
  void the_quick_scorer_gives_the_bits_of_the_walk(int trees, int leaves, int thresholds) {
    for (boolean inFloats : new boolean[] {false, true}) {
      TreeTable table = grow(trees, leaves, thresholds, inFloats);
      double[] rows = rows(table, 500);
      assertThat(all(new QuickScorer(table), rows)).isEqualTo(all(new TreeWalk(table), rows));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "40, 31, 3", "30, 64, 400", "20, 256, 700", "3, 2, 1", "9, 255, 17"})
  void blocks_of_rows_give_the_bits_of_the_walk(int trees, int leaves, int thresholds) {
    for (boolean inFloats : new boolean[] {false, true}) {
      TreeTable table = grow(trees, leaves, thresholds, inFloats);
      for (int count : new int[] {1, 63, 64, 65, 500}) {
        double[] rows = rows(table, count);
        double[] scores = new double[count];
        new RowBlocks(table).score(rows, scores);
        assertThat(bits(scores)).isEqualTo(all(new TreeWalk(table), rows));
      }
    }
  }

  @Test
  void keys_are_ordered_as_numbers_are() {
    double[] numbers = random.doubles(1_000, -1e3, 1e3).toArray();
    for (int i = 0; i < ODD.length; i++) {
      numbers[i] = ODD[i];
    }
    for (double a : numbers) {
      for (double b : numbers) {
        if (!Double.isNaN(a) && !Double.isNaN(b)) {
          assertThat(SplitColumn.ordered(a) <= SplitColumn.ordered(b)).isEqualTo(a <= b);
        }
      }
    }
  }

  private static long[] all(RowScorer scorer, double[] rows) {
    double[] scores = new double[rows.length / WIDTH];
    Arrays.setAll(scores, i -> scorer.raw(rows, i * WIDTH));
    return bits(scores);
  }

  private static long[] bits(double[] scores) {
    return Arrays.stream(scores).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** Half of what is asked are odd values, or thresholds and their neighbours. */
  private double[] rows(TreeTable table, int count) {
    double[] rows = random.doubles((long) count * WIDTH, -2, 2).toArray();
    for (int i = 0; i < rows.length; i += 1 + random.nextInt(3)) {
      rows[i] = ODD[random.nextInt(ODD.length)];
    }
    if (table.bound.length > 0) {
      for (int i = 0; i < rows.length; i += 1 + random.nextInt(5)) {
        rows[i] = threshold(random.nextInt(50)) + (random.nextInt(3) - 1) * 1e-16;
      }
    }
    return rows;
  }

  private static double threshold(int i) {
    return (i - 25) / 16.0;
  }

  private TreeTable grow(int trees, int leaves, int thresholds, boolean inFloats) {
    TreeTableBuilder table = new TreeTableBuilder(WIDTH);
    for (int i = 0; i < trees; i++) {
      int size = i == 0 ? leaves : 1 + random.nextInt(leaves);
      table.add(new RandomTree(size, thresholds, inFloats));
    }
    return table.build(new LeafSum(inFloats ? 0.25f : 0, inFloats));
  }

  /** Leaves are split at random until there are enough. */
  private final class RandomTree implements TreeTableBuilder.Source {
    private final int[] left;
    private final int[] right;
    private final SplitColumn[] column;
    private final long[] bound;
    private final double[] leaf;

    RandomTree(int leaves, int thresholds, boolean inFloats) {
      left = new int[leaves - 1];
      right = new int[leaves - 1];
      column = new SplitColumn[leaves - 1];
      bound = new long[leaves - 1];
      leaf = random.doubles(leaves, -1, 1).map(v -> inFloats ? (float) v : v).toArray();
      for (int node = 0; node < leaves - 1; node++) {
        split(node, random.nextInt(node + 1));
        ask(node, thresholds, inFloats);
      }
    }

    /** As LightGBM numbers: the new node takes the leaf's place, which becomes its left. */
    private void split(int node, int old) {
      for (int i = 0; i < node; i++) {
        left[i] = left[i] == ~old ? node : left[i];
        right[i] = right[i] == ~old ? node : right[i];
      }
      left[node] = ~old;
      right[node] = ~(node + 1);
    }

    private void ask(int node, int thresholds, boolean inFloats) {
      int feature = random.nextInt(WIDTH);
      boolean missingLeft = random.nextBoolean();
      if (random.nextInt(8) == 0) {
        BitSet set = BitSet.valueOf(new long[] {random.nextLong() & 0xFFFF_FFFFL});
        column[node] =
            inFloats
                ? new SplitColumn.Others(feature, set, missingLeft)
                : new SplitColumn.Members(feature, set);
        return;
      }
      double threshold = threshold(random.nextInt(1 + thresholds));
      threshold = random.nextInt(50) == 0 ? ODD[random.nextInt(2) + 3] : threshold;
      Missing missing = Missing.values()[feature % 3];
      column[node] =
          inFloats
              ? new SplitColumn.Below(feature, missingLeft)
              : new SplitColumn.UpTo(feature, missing, missing != Missing.NONE && missingLeft);
      bound[node] =
          inFloats ? SplitColumn.Below.bound(threshold) : SplitColumn.UpTo.bound(threshold);
    }

    @Override
    public int root() {
      return left.length == 0 ? -1 : 0;
    }

    @Override
    public int nodes() {
      return left.length;
    }

    @Override
    public int leaves() {
      return leaf.length;
    }

    @Override
    public int left(int node) {
      return left[node];
    }

    @Override
    public int right(int node) {
      return right[node];
    }

    @Override
    public SplitColumn column(int node) {
      return column[node];
    }

    @Override
    public long bound(int node) {
      return bound[node];
    }

    @Override
    public double leafValue(int leafIndex) {
      return leaf[leafIndex];
    }
  }
}

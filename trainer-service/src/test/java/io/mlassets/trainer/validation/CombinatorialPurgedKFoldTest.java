package io.mlassets.trainer.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.trainer.validation.CombinatorialPurgedKFold.Split;
import io.mlassets.trainer.validation.CombinatorialPurgedKFold.TestGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("T-03")
class CombinatorialPurgedKFoldTest {

  @Test
  void a_thousand_usable_random_label_sets_are_purged_as_by_brute_force_around_every_stretch() {
    SplittableRandom random = new SplittableRandom(4);
    int[] usable = new int[4];
    for (int set = 0; Arrays.stream(usable).sum() < 1_000 && set < 10_000; set++) {
      int groups = random.nextInt(4, 8);
      int tested = random.nextInt(1, 4);
      Embargo embargo = PurgedKFoldTest.embargo(random);
      List<LabelSpan> spans = PurgedKFoldTest.spans(random);
      List<int[]> blocks = PurgedKFoldTest.blocks(spans, groups);
      List<Integer> masks =
          IntStream.range(0, 1 << groups)
              .filter(mask -> Integer.bitCount(mask) == tested)
              .boxed()
              .toList();
      List<int[]> trains =
          masks.stream().map(mask -> slowly(spans, rows(blocks, mask), embargo)).toList();
      CombinatorialPurgedKFold folds = new CombinatorialPurgedKFold(groups, tested, embargo);
      if (PurgedKFoldTest.anyEmpty(blocks) || PurgedKFoldTest.anyEmpty(trains)) {
        assertThatThrownBy(() -> folds.split(spans)).isInstanceOf(UnusableSplitException.class);
        continue;
      }
      usable[tested]++;
      List<Split> splits = folds.split(spans);
      assertThat(splits).hasSameSizeAs(masks);
      for (int i = 0; i < splits.size(); i++) {
        assertThat(testedRows(splits.get(i))).isEqualTo(rows(blocks, masks.get(i)));
        assertThat(splits.get(i).train()).as("set %d", set).containsExactly(trains.get(i));
      }
    }
    assertThat(Arrays.stream(usable).sum()).isEqualTo(1_000);
    assertThat(usable[2]).isGreaterThan(200);
    assertThat(usable[3]).isGreaterThan(100);
  }

  private static TreeSet<Integer> rows(List<int[]> blocks, int mask) {
    TreeSet<Integer> rows = new TreeSet<>();
    for (int group = 0; group < blocks.size(); group++) {
      if ((mask >> group & 1) == 1) {
        Arrays.stream(blocks.get(group)).forEach(rows::add);
      }
    }
    return rows;
  }

  private static TreeSet<Integer> testedRows(Split split) {
    TreeSet<Integer> rows = new TreeSet<>();
    split.tests().forEach(group -> Arrays.stream(group.rows()).forEach(rows::add));
    return rows;
  }

  /** Rows that survive the purge of every stretch of consecutive tested rows. */
  private static int[] slowly(List<LabelSpan> spans, TreeSet<Integer> tested, Embargo embargo) {
    TreeSet<Integer> left = new TreeSet<>();
    IntStream.range(0, spans.size()).forEach(left::add);
    List<Integer> stretch = new ArrayList<>();
    for (int row = 0; row <= spans.size(); row++) {
      if (tested.contains(row)) {
        stretch.add(row);
      } else if (!stretch.isEmpty()) {
        int[] block = stretch.stream().mapToInt(i -> i).toArray();
        left.retainAll(
            Arrays.stream(PurgedKFoldTest.bruteForce(spans, block, embargo)).boxed().toList());
        stretch.clear();
      }
    }
    return left.stream().mapToInt(i -> i).toArray();
  }

  @ParameterizedTest
  @CsvSource({"6, 2, 15, 5", "6, 3, 20, 10", "5, 1, 5, 1"})
  void every_path_holds_every_row_once(int groups, int tested, int splitCount, int paths) {
    CombinatorialPurgedKFold folds =
        new CombinatorialPurgedKFold(groups, tested, new Embargo(0.01, Duration.ZERO));
    assertThat(folds.paths()).isEqualTo(paths);
    List<LabelSpan> spans = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      spans.add(new LabelSpan(Instant.EPOCH.plusSeconds(i), Instant.EPOCH.plusSeconds(i + 5)));
    }
    List<Split> splits = folds.split(spans);
    assertThat(splits).hasSize(splitCount);
    int[][] seen = new int[folds.paths()][spans.size()];
    for (Split split : splits) {
      for (TestGroup group : split.tests()) {
        for (int row : group.rows()) {
          seen[group.path()][row]++;
        }
      }
    }
    for (int[] path : seen) {
      assertThat(path).containsOnly(1);
    }
  }

  @Test
  void groups_that_cannot_be_combined_are_refused() {
    assertThatThrownBy(() -> new CombinatorialPurgedKFold(4, 4, new Embargo(0, Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 of 4 groups");
  }
}

package io.mlassets.trainer.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.trainer.validation.CombinatorialPurgedKFold.Split;
import io.mlassets.trainer.validation.CombinatorialPurgedKFold.TestGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-03")
class CombinatorialPurgedKFoldTest {

  @Test
  void a_thousand_random_label_sets_are_purged_as_by_brute_force_around_every_stretch_tested() {
    SplittableRandom random = new SplittableRandom(4);
    int usable = 0;
    for (int set = 0; set < 1_000; set++) {
      int groups = random.nextInt(4, 8);
      double embargo = random.nextInt(0, 3) * 0.01;
      List<LabelSpan> spans = PurgedKFoldTest.spans(random);
      List<Split> splits;
      try {
        splits = new CombinatorialPurgedKFold(groups, 2, embargo).split(spans);
      } catch (UnusableSplitException e) {
        continue;
      }
      usable++;
      for (Split split : splits) {
        assertThat(split.train()).containsExactly(slowly(spans, split, embargo));
      }
    }
    assertThat(usable).isGreaterThan(300);
  }

  /** Rows that survive the purge of every stretch of consecutive tested rows. */
  private static int[] slowly(List<LabelSpan> spans, Split split, double embargo) {
    TreeSet<Integer> tested = new TreeSet<>();
    split.tests().forEach(group -> Arrays.stream(group.rows()).forEach(tested::add));
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

  @Test
  void every_path_holds_every_row_once() {
    CombinatorialPurgedKFold folds = new CombinatorialPurgedKFold(6, 2, 0.01);
    assertThat(folds.paths()).isEqualTo(5);
    List<LabelSpan> spans = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      spans.add(
          new LabelSpan(
              java.time.Instant.EPOCH.plusSeconds(i), java.time.Instant.EPOCH.plusSeconds(i + 5)));
    }
    List<Split> splits = folds.split(spans);
    assertThat(splits).hasSize(15);
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
    assertThatThrownBy(() -> new CombinatorialPurgedKFold(4, 4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 of 4 groups");
  }
}

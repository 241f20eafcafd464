package io.mlassets.trainer.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.market.BarInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-03")
class PurgedKFoldTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final Embargo NONE = new Embargo(0, Duration.ZERO);

  @Test
  void a_thousand_usable_random_label_sets_split_as_the_brute_force_does() {
    SplittableRandom random = new SplittableRandom(20251014);
    int usable = 0;
    for (int set = 0; usable < 1_000 && set < 3_000; set++) {
      int folds = random.nextInt(2, 7);
      Embargo embargo = embargo(random);
      List<LabelSpan> spans = spans(random);
      List<int[]> blocks = blocks(spans, folds);
      List<int[]> trains = blocks.stream().map(block -> bruteForce(spans, block, embargo)).toList();
      if (anyEmpty(blocks) || anyEmpty(trains)) {
        assertThatThrownBy(() -> new PurgedKFold(folds, embargo).split(spans))
            .isInstanceOf(UnusableSplitException.class);
        continue;
      }
      usable++;
      List<Fold> actual = new PurgedKFold(folds, embargo).split(spans);
      assertTestBlocksPartition(spans, actual);
      for (Fold fold : actual) {
        assertThat(fold.test()).containsExactly(blocks.get(fold.number()));
        assertThat(fold.train())
            .as("set %d fold %d", set, fold.number())
            .containsExactly(trains.get(fold.number()));
      }
    }
    assertThat(usable).isEqualTo(1_000);
  }

  @Test
  void no_training_label_shares_a_moment_with_a_test_label() {
    SplittableRandom random = new SplittableRandom(7);
    int compared = 0;
    for (int set = 0; set < 100; set++) {
      List<LabelSpan> spans = spans(random);
      List<int[]> blocks = blocks(spans, 4);
      if (anyEmpty(blocks)
          || blocks.stream().anyMatch(block -> bruteForce(spans, block, NONE).length == 0)) {
        continue;
      }
      for (Fold fold : new PurgedKFold(4, NONE).split(spans)) {
        for (int train : fold.train()) {
          for (int test : fold.test()) {
            assertThat(touch(spans.get(train), spans.get(test))).isFalse();
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  @Test
  void a_long_label_early_in_the_block_purges_further_than_the_blocks_last_row() {
    long[] to = {5, 15, 28, 90, 45, 55, 65, 75, 85, 95, 105, 115};
    List<LabelSpan> spans = new ArrayList<>();
    for (int i = 0; i < to.length; i++) {
      spans.add(new LabelSpan(START.plusSeconds(10L * i), START.plusSeconds(to[i])));
    }
    // Row 3 reaches to 90; row 5, the last of its block, only to 55. Rows 6 to 9 start before 90.
    Fold fold = new PurgedKFold(4, NONE).split(spans).get(1);
    assertThat(fold.test()).containsExactly(3, 4, 5);
    assertThat(fold.train()).containsExactly(0, 1, 2, 10, 11);
  }

  @Test
  void the_embargo_outlasts_the_look_back_of_the_features_however_small_its_share() {
    List<LabelSpan> spans = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Instant from = START.plusSeconds(60L * i);
      spans.add(new LabelSpan(from, from.plusSeconds(120)));
    }
    Embargo embargo = Embargo.of(0.01, 30, BarInterval.M1);
    Fold fold = new PurgedKFold(4, embargo).split(spans).getFirst();
    // The block's last label ends at minute 101: the first row trained on has no bar before that
    // among its own 30.
    assertThat(fold.train()[0]).isEqualTo(132);
    assertThat(new PurgedKFold(4, new Embargo(0.1, Duration.ofMinutes(30))).split(spans).getFirst())
        .satisfies(longer -> assertThat(longer.train()[0]).isEqualTo(142));
  }

  @Test
  void labels_that_reach_over_the_whole_sample_leave_nothing_to_train_on() {
    List<LabelSpan> spans = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      spans.add(new LabelSpan(START.plusSeconds(i), START.plusSeconds(10_000)));
    }
    assertThatThrownBy(() -> new PurgedKFold(5, new Embargo(0.01, Duration.ZERO)).split(spans))
        .isInstanceOf(UnusableSplitException.class)
        .hasMessageContaining("no training row left");
  }

  @Test
  void rows_at_fewer_times_than_folds_are_refused() {
    LabelSpan one = new LabelSpan(START, START.plusSeconds(60));
    assertThatThrownBy(() -> new PurgedKFold(5, NONE).split(List.of(one, one, one, one, one, one)))
        .isInstanceOf(UnusableSplitException.class)
        .hasMessageContaining("too few");
    assertThatThrownBy(() -> new PurgedKFold(5, NONE).split(List.of()))
        .isInstanceOf(UnusableSplitException.class);
  }

  @Test
  void rows_out_of_time_order_and_bad_arguments_are_refused() {
    LabelSpan early = new LabelSpan(START, START.plusSeconds(60));
    LabelSpan late = new LabelSpan(START.plusSeconds(5), START.plusSeconds(60));
    assertThatThrownBy(() -> new PurgedKFold(2, NONE).split(List.of(late, early)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before the row above");
    assertThatThrownBy(() -> new PurgedKFold(1, NONE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Embargo(0.3, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.3");
    assertThatThrownBy(() -> new Embargo(0, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> new LabelSpan(START, START))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The definition, word for word: every row against the block's window and its embargo. */
  static int[] bruteForce(List<LabelSpan> spans, int[] test, Embargo embargo) {
    if (test.length == 0) {
      return test;
    }
    Instant from =
        Arrays.stream(test)
            .mapToObj(i -> spans.get(i).from())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Instant to =
        Arrays.stream(test)
            .mapToObj(i -> spans.get(i).to())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Instant last = spans.stream().map(LabelSpan::to).max(Comparator.naturalOrder()).orElseThrow();
    double whole = Duration.between(spans.getFirst().from(), last).toMillis();
    long shared = (long) Math.ceil(whole * embargo.share());
    Instant embargoEnd = to.plusMillis(Math.max(shared, embargo.atLeast().toMillis()));
    List<Integer> train = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      boolean purged = touch(spans.get(i), new LabelSpan(from, to));
      Instant start = spans.get(i).from();
      boolean embargoed = start.isAfter(to) && !start.isAfter(embargoEnd);
      if (!purged && !embargoed) {
        train.add(i);
      }
    }
    return train.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Rows by the times at which equal numbers of rows would be cut: n/K, 2n/K and so on. */
  static List<int[]> blocks(List<LabelSpan> spans, int count) {
    List<Instant> cuts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cuts.add(spans.get(spans.size() * i / count).from());
    }
    cuts.add(Instant.MAX);
    List<int[]> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant from = cuts.get(i);
      Instant to = cuts.get(i + 1);
      blocks.add(
          IntStream.range(0, spans.size())
              .filter(row -> !spans.get(row).from().isBefore(from))
              .filter(row -> spans.get(row).from().isBefore(to))
              .toArray());
    }
    return blocks;
  }

  static boolean anyEmpty(List<int[]> rows) {
    return rows.stream().anyMatch(block -> block.length == 0);
  }

  /** None, a share, a number of minutes, or both. */
  static Embargo embargo(SplittableRandom random) {
    return new Embargo(random.nextInt(4) * 0.01, Duration.ofMinutes(random.nextInt(3) * 5L));
  }

  static boolean touch(LabelSpan one, LabelSpan other) {
    return !one.to().isBefore(other.from()) && !other.to().isBefore(one.from());
  }

  private static void assertTestBlocksPartition(List<LabelSpan> spans, List<Fold> folds) {
    TreeSet<Integer> seen = new TreeSet<>();
    for (Fold fold : folds) {
      for (int i : fold.test()) {
        assertThat(seen.add(i)).isTrue();
        assertThat(fold.period().contains(spans.get(i).from())).isTrue();
        for (Fold other : folds) {
          assertThat(other.period().contains(spans.get(i).from())).isEqualTo(other == fold);
        }
      }
    }
    assertThat(seen).hasSize(spans.size());
  }

  /** Several pairs' rows: equal starts, horizons of different length, gaps. */
  static List<LabelSpan> spans(SplittableRandom random) {
    int rows = random.nextInt(30, 120);
    int horizon = random.nextInt(1, 40);
    List<LabelSpan> spans = new ArrayList<>();
    long minute = 0;
    for (int i = 0; i < rows; i++) {
      minute += random.nextInt(4) == 0 ? random.nextInt(1, 60) : random.nextInt(0, 2);
      Instant from = START.plusSeconds(60 * minute);
      spans.add(new LabelSpan(from, from.plusSeconds(60L * random.nextInt(1, horizon + 1))));
    }
    return spans;
  }
}

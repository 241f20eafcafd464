package io.mlassets.trainer.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-03")
class PurgedKFoldTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  @Test
  void a_thousand_random_label_sets_split_as_the_brute_force_does() {
    SplittableRandom random = new SplittableRandom(20251014);
    int unusable = 0;
    for (int set = 0; set < 1_000; set++) {
      int folds = random.nextInt(2, 7);
      double embargo = random.nextInt(0, 4) * 0.01;
      List<LabelSpan> spans = spans(random);
      List<Fold> actual;
      try {
        actual = new PurgedKFold(folds, embargo).split(spans);
      } catch (UnusableSplitException e) {
        unusable++;
        continue;
      }
      assertTestBlocksPartition(spans, actual);
      for (Fold fold : actual) {
        assertThat(fold.train())
            .as("set %d fold %d", set, fold.number())
            .containsExactly(bruteForce(spans, fold.test(), embargo));
      }
    }
    assertThat(unusable).isLessThan(300);
  }

  @Test
  void no_training_label_shares_a_moment_with_a_test_label() {
    SplittableRandom random = new SplittableRandom(7);
    for (int set = 0; set < 100; set++) {
      List<LabelSpan> spans = spans(random);
      List<Fold> folds;
      try {
        folds = new PurgedKFold(4, 0).split(spans);
      } catch (UnusableSplitException e) {
        continue;
      }
      for (Fold fold : folds) {
        for (int train : fold.train()) {
          for (int test : fold.test()) {
            assertThat(touch(spans.get(train), spans.get(test))).isFalse();
          }
        }
      }
    }
  }

  @Test
  void labels_that_reach_over_the_whole_sample_leave_nothing_to_train_on() {
    List<LabelSpan> spans = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      spans.add(new LabelSpan(START.plusSeconds(i), START.plusSeconds(10_000)));
    }
    assertThatThrownBy(() -> new PurgedKFold(5, 0.01).split(spans))
        .isInstanceOf(UnusableSplitException.class)
        .hasMessageContaining("no training row left");
  }

  @Test
  void rows_at_fewer_times_than_folds_are_refused() {
    LabelSpan one = new LabelSpan(START, START.plusSeconds(60));
    assertThatThrownBy(() -> new PurgedKFold(5, 0).split(List.of(one, one, one, one, one, one)))
        .isInstanceOf(UnusableSplitException.class)
        .hasMessageContaining("too few");
    assertThatThrownBy(() -> new PurgedKFold(5, 0).split(List.of()))
        .isInstanceOf(UnusableSplitException.class);
  }

  @Test
  void rows_out_of_time_order_and_bad_arguments_are_refused() {
    LabelSpan early = new LabelSpan(START, START.plusSeconds(60));
    LabelSpan late = new LabelSpan(START.plusSeconds(5), START.plusSeconds(60));
    assertThatThrownBy(() -> new PurgedKFold(2, 0).split(List.of(late, early)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before the row above");
    assertThatThrownBy(() -> new PurgedKFold(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PurgedKFold(5, 0.3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LabelSpan(START, START))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The definition, word for word: every row against the block's window and its embargo. */
  static int[] bruteForce(List<LabelSpan> spans, int[] test, double embargoShare) {
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
    Instant embargoEnd = to.plusMillis((long) Math.ceil(whole * embargoShare));
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

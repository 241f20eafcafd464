package io.mlassets.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.market.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-05")
class UniquenessTest {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final Pair GOLD = Pair.parse("XAUUSD/XAGUSD");
  private static final Pair OIL = Pair.parse("BRENT/WTI");

  /** A label of some bars, by their positions among the pair's. */
  private static Label label(Pair pair, List<Instant> bars, int from, int count) {
    Instant end = bars.get(from + count - 1).plusSeconds(60);
    return new Label(pair, bars.get(from), true, false, 0.5, end);
  }

  private static List<Instant> minutes(int count) {
    return IntStream.range(0, count).mapToObj(i -> START.plusSeconds(60L * i)).toList();
  }

  /** Minutes with gaps: single missing bars, nights, weekends. */
  private static List<Instant> gappy(SplittableRandom random, int count) {
    List<Instant> bars = new ArrayList<>();
    Instant at = START;
    for (int i = 0; i < count; i++) {
      bars.add(at);
      at =
          at.plus(
              switch (random.nextInt(20)) {
                case 0 -> Duration.ofHours(49);
                case 1, 2 -> Duration.ofHours(9);
                case 3, 4 -> Duration.ofMinutes(2);
                default -> Duration.ofMinutes(1);
              });
    }
    return bars;
  }

  /** Bar by bar, as the book has it. */
  private static double slow(List<Label> labels, Label own, List<Instant> bars) {
    double sum = 0;
    int count = 0;
    for (Instant bar : bars) {
      if (spans(own, bar)) {
        sum +=
            1.0
                / labels.stream()
                    .filter(other -> other.pair().equals(own.pair()) && spans(other, bar))
                    .count();
        count++;
      }
    }
    return sum / count;
  }

  private static boolean spans(Label label, Instant bar) {
    return !label.ts().isAfter(bar) && label.labelEndTs().isAfter(bar);
  }

  @Test
  void uniqueness_equals_the_count_bar_by_bar_on_random_labels_over_weekends_and_gaps() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 50; round++) {
      Map<Pair, List<Instant>> bars = Map.of(GOLD, gappy(random, 140), OIL, gappy(random, 140));
      List<Label> labels = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Pair pair = random.nextBoolean() ? GOLD : OIL;
        labels.add(label(pair, of(bars, pair), random.nextInt(100), 1 + random.nextInt(30)));
      }
      double[] shares = Uniqueness.of(labels, bars);
      for (int i = 0; i < labels.size(); i++) {
        Label label = labels.get(i);
        assertThat(shares[i]).isCloseTo(slow(labels, label, of(bars, label.pair())), within(1e-12));
      }
    }
  }

  private static List<Instant> of(Map<Pair, List<Instant>> bars, Pair pair) {
    return Objects.requireNonNull(bars.get(pair));
  }

  @Test
  void a_weekend_that_two_labels_share_weighs_no_more_than_the_bars_around_it() {
    Instant monday = START.plus(Duration.ofHours(49));
    List<Instant> bars = List.of(START, START.plusSeconds(60), monday, monday.plusSeconds(60));
    List<Label> labels = List.of(label(GOLD, bars, 0, 3), label(GOLD, bars, 1, 3));
    // One bar alone and two shared.
    assertThat(Uniqueness.of(labels, Map.of(GOLD, bars))).containsExactly(2 / 3.0, 2 / 3.0);
  }

  @Test
  void a_label_alone_is_unique_and_another_pair_s_does_not_change_that() {
    List<Instant> all = minutes(10);
    Map<Pair, List<Instant>> bars = Map.of(GOLD, all, OIL, all);
    assertThat(
            Uniqueness.of(
                List.of(label(GOLD, all, 0, 5), label(OIL, all, 0, 5), label(GOLD, all, 5, 3)),
                bars))
        .containsExactly(1, 1, 1);
    assertThat(Uniqueness.of(List.of(label(GOLD, all, 0, 4), label(GOLD, all, 0, 4)), bars))
        .containsExactly(.5, .5);
    assertThat(Uniqueness.of(List.of(), bars)).isEmpty();
  }

  @Test
  void a_label_without_a_bar_of_its_pair_is_refused() {
    assertThatThrownBy(
            () -> Uniqueness.of(List.of(label(GOLD, minutes(5), 0, 4)), Map.of(OIL, minutes(5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no bar of its pair");
  }
}

package io.mlassets.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-05")
class UniquenessTest {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final Pair GOLD = Pair.parse("XAUUSD/XAGUSD");
  private static final Pair OIL = Pair.parse("BRENT/WTI");

  private static Label label(Pair pair, int from, int bars) {
    Instant ts = START.plusSeconds(60L * from);
    return new Label(pair, ts, true, false, 0.5, ts.plusSeconds(60L * bars));
  }

  /** Bar by bar, as the book has it. */
  private static double slow(List<Label> labels, Label own) {
    double sum = 0;
    int bars = 0;
    for (Instant bar = own.ts(); bar.isBefore(own.labelEndTs()); bar = bar.plusSeconds(60)) {
      Instant at = bar;
      sum +=
          1.0
              / labels.stream()
                  .filter(
                      other ->
                          other.pair().equals(own.pair())
                              && !other.ts().isAfter(at)
                              && other.labelEndTs().isAfter(at))
                  .count();
      bars++;
    }
    return sum / bars;
  }

  @Test
  void uniqueness_equals_the_count_bar_by_bar_on_random_labels() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 50; round++) {
      List<Label> labels = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        labels.add(
            label(random.nextBoolean() ? GOLD : OIL, random.nextInt(100), 1 + random.nextInt(30)));
      }
      double[] shares = Uniqueness.of(labels);
      for (int i = 0; i < labels.size(); i++) {
        assertThat(shares[i]).isCloseTo(slow(labels, labels.get(i)), within(1e-12));
      }
    }
  }

  @Test
  void a_label_alone_is_unique_and_another_pair_s_does_not_change_that() {
    assertThat(Uniqueness.of(List.of(label(GOLD, 0, 5), label(OIL, 0, 5), label(GOLD, 5, 3))))
        .containsExactly(1, 1, 1);
    assertThat(Uniqueness.of(List.of(label(GOLD, 0, 4), label(GOLD, 0, 4))))
        .containsExactly(.5, .5);
    assertThat(Uniqueness.of(List.of())).isEmpty();
  }
}

package io.mlassets.suite.bars;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final Pair PAIR = Pair.parse("AAA/BBB");

  @Test
  void all_bars_of_a_moment_form_one_step_in_time_order() {
    Timeline timeline =
        new Timeline(List.of(bars("BBB", 0, 1, 2), bars("AAA", 1, 2)), List.of(PAIR));

    assertThat(timeline.steps()).hasSize(3);
    assertThat(timeline.steps().get(0).bars()).hasSize(1);
    assertThat(timeline.steps().get(1).bars()).hasSize(2);
    assertThat(timeline.completePairs(timeline.steps().get(0))).isEmpty();
    assertThat(timeline.completePairs(timeline.steps().get(1))).containsExactly(PAIR);
  }

  @Test
  void the_last_steps_are_counted_by_complete_pairs_only() {
    Timeline timeline =
        new Timeline(List.of(bars("AAA", 0, 1, 2, 3, 5), bars("BBB", 0, 1, 3, 4)), List.of(PAIR));

    // Complete at 0, 1 and 3; single legs at 2, 4 and 5.
    assertThat(timeline.startOfLast(1)).isEqualTo(3);
    assertThat(timeline.startOfLast(2)).isEqualTo(1);
    assertThat(timeline.startOfLast(9)).isZero();
    assertThat(timeline.completeCounts(1, 6)).containsEntry(PAIR, 2);
  }

  private static List<Bar> bars(String symbol, int... minutes) {
    return IntStream.of(minutes)
        .mapToObj(
            minute ->
                new Bar(
                    new Symbol(symbol),
                    BarInterval.M1,
                    START.plusSeconds(60L * minute),
                    1,
                    1,
                    1,
                    1,
                    0))
        .toList();
  }
}

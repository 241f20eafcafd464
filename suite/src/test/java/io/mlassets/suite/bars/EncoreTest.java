package io.mlassets.suite.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoreTest {
  private static final Instant START = Instant.parse("2026-01-02T20:00:00Z");

  private static MarketStep step(long hour, double open, double close) {
    Instant ts = START.plusSeconds(hour * 3_600);
    return new MarketStep(
        ts, List.of(new Bar(new Symbol("XAUUSD"), BarInterval.H1, ts, open, 9, 1, close, 5)));
  }

  @Test
  void prices_go_back_and_forth_without_a_jump_while_time_only_goes_on() {
    // A night lies between the second bar and the third.
    Encore encore =
        new Encore(List.of(step(0, 2, 3), step(1, 3, 5), step(9, 5, 4)), BarInterval.H1);
    List<String> played = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Bar bar = encore.next().bars().getFirst();
      long hour = (bar.ts().getEpochSecond() - START.getEpochSecond()) / 3_600;
      played.add("%d: %.0f to %.0f".formatted(hour, bar.open(), bar.close()));
    }
    assertThat(played)
        .containsExactly(
            "10: 4 to 5",
            "18: 5 to 3",
            "19: 3 to 2",
            "20: 2 to 3",
            "21: 3 to 5",
            "29: 5 to 4",
            "30: 4 to 5");
  }

  @Test
  void nothing_cannot_be_played_on() {
    assertThatThrownBy(() -> new Encore(List.of(), BarInterval.H1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

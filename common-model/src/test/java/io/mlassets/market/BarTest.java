package io.mlassets.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {
  private static final Symbol GOLD = new Symbol("XAUUSD");
  private static final Instant TS = Instant.parse("2024-03-01T10:00:00Z");

  @ParameterizedTest
  @Tag("I-01")
  @CsvSource({
    "NaN, 11, 9, 10, 5, open NaN",
    "10, Infinity, 9, 10, 5, high Infinity",
    "10, 11, 0, 10, 5, low 0.0",
    "10, 11, 9, -10, 5, close -10.0",
    "10, 11, 9, 10, -5, volume -5.0",
    "10, 11, 9, 10, NaN, volume NaN",
    "10, 9.5, 9, 10, 5, do not enclose",
    "10, 11, 10.5, 10, 5, do not enclose",
  })
  void what_no_market_prints_is_refused_with_symbol_time_and_field(
      double open, double high, double low, double close, double volume, String named) {
    assertThatThrownBy(() -> new Bar(GOLD, BarInterval.M1, TS, open, high, low, close, volume))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("XAUUSD 2024-03-01T10:00:00Z")
        .hasMessageContaining(named);
  }

  @Test
  void a_bar_starts_on_a_multiple_of_its_interval_and_is_known_at_its_end() {
    assertThat(new Bar(GOLD, BarInterval.H1, TS, 10, 11, 9, 10, 0).end())
        .isEqualTo(Instant.parse("2024-03-01T11:00:00Z"));
    assertThatThrownBy(() -> new Bar(GOLD, BarInterval.H1, TS.plusSeconds(60), 10, 11, 9, 10, 0))
        .hasMessageContaining("not aligned to PT1H");
  }

  @ParameterizedTest
  @CsvSource({"XAUUSD-XAGUSD", "XAUUSD/XAGUSD", "XAU/USD vs XAG/USD"})
  void every_form_of_a_pair_is_the_same_pair(String text) {
    Pair pair = Pair.parse(text);

    assertThat(pair.id()).isEqualTo("XAUUSD-XAGUSD");
    assertThat(pair.display()).isEqualTo("XAU/USD vs XAG/USD");
  }

  @ParameterizedTest
  @CsvSource({"XAUUSD", "XAUUSD-XAUUSD", "XAUUSD-xagusd", "A-B-C", "XAUUSD-", "''"})
  void what_is_no_pair_is_refused(String text) {
    assertThatThrownBy(() -> Pair.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "-PT1M", "PT7M", "PT0.5S", "hour"})
  void an_interval_that_does_not_divide_a_day_is_refused(String iso) {
    assertThatThrownBy(() -> BarInterval.parse(iso))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interval");
  }
}

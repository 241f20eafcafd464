package io.mlassets.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("Q-04")
class InstrumentCatalogueTest {
  private static final String GOLD =
      """
      XAUUSD:
        asset_class: metal
        contract_size: 100
        quote_currency: USD
        spread_bps: 1.2
        commission_bps: 0.2
        slippage_bps: 0.3
        swap_bps_per_day: 0.7
      """;

  @TempDir Path folder;

  @Test
  void an_instrument_is_read_with_its_units() throws IOException {
    Instrument gold = read(GOLD).of(new Symbol("XAUUSD"));

    assertThat(gold)
        .isEqualTo(new Instrument(new Symbol("XAUUSD"), "metal", 100, "USD", 1.2, 0.2, 0.3, 0.7));
  }

  @Test
  void every_simulated_symbol_shares_one_entry_and_no_other_symbol_does() throws IOException {
    InstrumentCatalogue catalogue = read(GOLD + GOLD.replace("XAUUSD", "SIM"));

    assertThat(catalogue.of(new Symbol("SIM07B")).spreadBps()).isEqualTo(1.2);
    assertThat(catalogue.knows(new Symbol("SIM01A"))).isTrue();
    assertThat(catalogue.knows(new Symbol("EURUSD"))).isFalse();
    assertThatThrownBy(() -> catalogue.of(new Symbol("EURUSD")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EURUSD")
        .hasMessageContaining("instruments.yaml");
  }

  @Test
  void without_an_entry_for_them_simulated_symbols_are_unknown() throws IOException {
    assertThat(read(GOLD).knows(new Symbol("SIM01A"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "spread_bps: 1.2, spread_bps: wide, spread_bps is not a number",
    "spread_bps: 1.2, spread_bps: -1, spread",
    "contract_size: 100, contract_size: 0, contract",
    "contract_size: 100, contract_sise: 100, unknown key 'contract_sise'",
    "swap_bps_per_day: 0.7, '', swap_bps_per_day is not a number",
    "quote_currency: USD, quote_currency: 7, quote_currency is not a text",
    "XAUUSD:, gold:, gold",
    "XAUUSD:, '[', not readable as YAML",
  })
  void a_wrong_entry_is_refused_with_file_symbol_and_key(String right, String wrong, String named) {
    assertThatThrownBy(() -> read(GOLD.replace(right, wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("instruments.yaml")
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-09T21:00:00Z, true",
    "2026-01-09T22:00:00Z, false",
    "2026-01-10T12:00:00Z, false",
    "2026-01-11T20:00:00Z, false",
    "2026-01-11T21:00:00Z, true",
    "2026-01-12T00:00:00Z, true",
  })
  void a_bar_is_in_session_when_a_part_of_it_is(Instant ts, boolean traded) throws IOException {
    Bar bar = new Bar(new Symbol("XAUUSD"), BarInterval.H1, ts, 1, 1, 1, 1, 1);

    assertThat(read(GOLD + "  session: SUN 21:59-FRI 22:00\n").inSession(bar)).isEqualTo(traded);
    assertThat(read(GOLD).inSession(bar)).isTrue();
  }

  @Test
  void a_session_that_is_none_is_refused_with_file_symbol_and_text() {
    assertThatThrownBy(() -> read(GOLD + "  session: weekdays\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("instruments.yaml")
        .hasMessageContaining("XAUUSD: session: 'weekdays'");
  }

  @Test
  void a_missing_file_is_named() {
    assertThatThrownBy(() -> InstrumentCatalogue.read(folder.resolve("none.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.yaml");
  }

  private InstrumentCatalogue read(String yaml) throws IOException {
    Path file = folder.resolve("instruments.yaml");
    Files.writeString(file, yaml);
    return InstrumentCatalogue.read(file);
  }
}

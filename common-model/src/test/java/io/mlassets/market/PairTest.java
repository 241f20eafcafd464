package io.mlassets.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PairTest {
  private static final Pair METALS = new Pair(new Symbol("XAUUSD"), new Symbol("XAGUSD"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XAUUSD-XAGUSD",
        "XAUUSD/XAGUSD",
        " XAUUSD / XAGUSD ",
        "XAU/USD vs XAG/USD",
        "XAUUSD vs XAGUSD",
        "  XAU/USD vs XAG/USD\n"
      })
  void a_pair_is_read_in_every_form_it_is_written_in(String text) {
    assertThat(Pair.parse(text)).isEqualTo(METALS).hasSameHashCodeAs(METALS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "XAUUSD",
        "XAUUSD-",
        "-XAGUSD",
        "XAUUSD-XAGUSD-EURUSD",
        "XAUUSD--XAGUSD",
        "XAUUSD XAGUSD",
        "xauusd-xagusd",
        "XAUUSD vs ",
        "XAUUSD vs vs XAGUSD",
        "XAUUSD vs XAGUSD vs EURUSD",
        "XAUUSD-XAUUSD"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> Pair.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_pair_is_its_id_on_the_wire_and_another_one_turned_round() {
    JsonMapper json = new JsonMapper();
    Pair turned = new Pair(METALS.b(), METALS.a());

    assertThat(json.writeValueAsString(METALS)).isEqualTo("\"XAUUSD-XAGUSD\"");
    assertThat(json.readValue("\"XAUUSD-XAGUSD\"", Pair.class)).isEqualTo(METALS);
    assertThat(turned).isNotEqualTo(METALS);
    assertThat(turned.compareTo(METALS)).isNegative();
    assertThat(METALS.display()).isEqualTo("XAU/USD vs XAG/USD");
    assertThat(METALS.legs()).containsExactly(new Symbol("XAUUSD"), new Symbol("XAGUSD"));
  }
}

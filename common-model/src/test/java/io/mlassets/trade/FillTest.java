package io.mlassets.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.market.Pair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

@Tag("S-03")
class FillTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String GOOD =
      """
      {"account":"paper-1","signal_seq":7,"pair":"XAUUSD-XAGUSD","symbol":"XAGUSD","side":"BUY",\
      "lots":0.12,"price":36.5,"deal_ticket":71,"filled_at":"2025-07-01T12:35:00Z",\
      "retcode":10009}\
      """;

  @Test
  void a_fill_is_written_as_it_is_read() {
    assertThat(JSON.writeValueAsString(JSON.readValue(GOOD, Fill.class))).isEqualTo(GOOD);
  }

  @Test
  void the_pair_may_come_back_in_the_form_of_the_signal() {
    String displayed = GOOD.replace("XAUUSD-XAGUSD", "XAU/USD vs XAG/USD");

    assertThat(JSON.readValue(displayed, Fill.class).pair()).isEqualTo(Pair.parse("XAUUSD-XAGUSD"));
  }

  @Test
  void a_refusal_has_neither_lots_nor_price() {
    String refused = GOOD.replace("0.12", "0").replace("36.5", "0").replace("10009", "10006");

    assertThat(JSON.readValue(refused, Fill.class).dealt()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "account":"paper-1",            |                             | account
          "account":"paper-1"             | "account":" "               | account
          "signal_seq":7                  | "signal_seq":0              | signal_seq
          "symbol":"XAGUSD"               | "symbol":"EURUSD"           | EURUSD is not a leg
          "lots":0.12                     | "lots":-0.12                | lots
          "lots":0.12                     | "lots":1e9                  | lots
          "price":36.5,                   |                             | price
          "price":36.5                    | "price":1e999               | price
          "deal_ticket":71                | "deal_ticket":-71           | deal_ticket
          2025-07-01T12:35:00Z            | 1970-01-01T00:00:00Z        | filled_at
          ,"retcode":10009                |                             | retcode
          "retcode":10009                 | "retcode":0                 | retcode
          """)
  void a_fill_that_breaks_a_rule_is_refused_by_name(String from, String to, String named) {
    String bad = GOOD.replace(from, to == null ? "" : to);

    assertThat(bad).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> JSON.readValue(bad, Fill.class))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining(named);
  }
}

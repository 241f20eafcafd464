package io.mlassets.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.model.ModelVersion;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("I-03")
class SignalJsonTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> SPECIFIED =
      List.of(
          "timestamp",
          "pair",
          "z_score",
          "return_prob",
          "risk_score",
          "entry",
          "confidence",
          "risk_flag",
          "theta1",
          "theta2",
          "position_scale");

  @Test
  void an_entry_has_exactly_these_bytes() {
    assertThat(SignalJson.of(signal(Action.ENTER, 2.31, 0.78, "entered"), 42, 7))
        .isEqualTo(
            """
            {"timestamp":"2025-07-01T12:35:01Z","pair":"XAU/USD vs XAG/USD","z_score":2.31,\
            "return_prob":0.78,"risk_score":0.22,"entry":"SELL_XAUUSD, BUY_XAGUSD",\
            "confidence":0.78,"risk_flag":0,"theta1":0.7,"theta2":0.3,"position_scale":0.85,\
            "signal_id":"00000000-0000-0001-0000-000000000002","seq":42,"epoch":7,\
            "action":"ENTER","legs":[{"symbol":"XAUUSD","side":"SELL","weight":0.6},\
            {"symbol":"XAGUSD","side":"BUY","weight":0.4}],"model_version":"20250701_0300",\
            "policy_hash":"abc123","leverage_reduction":0.5,"bar_ts":"2025-07-01T12:34:00Z",\
            "expires_at":"2025-07-01T12:37:00Z","interval":"PT1M","mode":"live",\
            "reason":"entered"}\
            """);
  }

  @Test
  void an_exit_closes_both_legs_and_a_hold_has_none() {
    JsonNode exit =
        JSON.readTree(SignalJson.of(signal(Action.EXIT, 0.1, 0.5, "take_profit"), 1, 1));
    JsonNode hold = JSON.readTree(SignalJson.of(signal(Action.HOLD, 0.1, 0.5, "flat"), 2, 1));

    assertThat(exit.get("entry").stringValue()).isEqualTo("CLOSE_XAUUSD, CLOSE_XAGUSD");
    assertThat(hold.get("entry").stringValue()).isEqualTo("HOLD");
    assertThat(hold.get("legs").size()).isZero();
  }

  @Test
  void whatever_the_numbers_the_form_is_kept() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 5_000; i++) {
      double z = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-12, 9));
      double probability = random.nextDouble() * Math.pow(10, -random.nextInt(10));
      String text =
          SignalJson.of(signal(Action.ENTER, z, probability, "x"), Long.MAX_VALUE, Long.MAX_VALUE);
      JsonNode json = JSON.readTree(text);

      assertThat(List.copyOf(json.propertyNames()).subList(0, 11)).isEqualTo(SPECIFIED);
      assertThat(text.getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThan(SignalJson.LIMIT_BYTES)
          .hasSize(text.length());
      assertThat(text).doesNotContainPattern("[0-9][eE][-+0-9]").doesNotContain(":-0,");
      assertThat(json.get("z_score").decimalValue())
          .isBetween(plus(z, -5.0000001e-7), plus(z, 5.0000001e-7));
      assertThat(json.get("confidence")).isEqualTo(json.get("return_prob"));
    }
  }

  private static BigDecimal plus(double value, double more) {
    return new BigDecimal(value).add(new BigDecimal(more));
  }

  @Test
  void text_that_is_not_plain_or_too_long_is_refused_by_name() {
    assertThatThrownBy(() -> SignalJson.of(signal(Action.HOLD, 0, 0, "a\"b"), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reason");
    assertThatThrownBy(() -> SignalJson.of(signal(Action.HOLD, 0, 0, "θ"), 1, 1))
        .hasMessageContaining("ASCII");
    assertThatThrownBy(() -> SignalJson.of(signal(Action.HOLD, 0, 0, "x".repeat(700)), 1, 1))
        .hasMessageContaining("1024");
  }

  private static Signal signal(Action action, double zScore, double returnProb, String reason) {
    Pair pair = Pair.parse("XAUUSD/XAGUSD");
    return new Signal(
        new UUID(1, 2),
        SignalMode.LIVE,
        pair,
        BarInterval.parse("PT1M"),
        Instant.parse("2025-07-01T12:34:00Z"),
        Instant.parse("2025-07-01T12:35:01.987654Z"),
        Instant.parse("2025-07-01T12:37:00Z"),
        zScore,
        returnProb,
        0.22,
        0.85,
        action,
        action == Action.HOLD
            ? List.of()
            : List.of(
                new Leg(new Symbol("XAUUSD"), Side.SELL, 0.6),
                new Leg(new Symbol("XAGUSD"), Side.BUY, 0.4)),
        false,
        new Thresholds(0.7, 0.3),
        new ModelVersion("20250701_0300"),
        "abc123",
        0.5,
        reason);
  }
}

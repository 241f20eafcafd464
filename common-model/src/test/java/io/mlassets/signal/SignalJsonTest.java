package io.mlassets.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.model.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignalJsonTest {
  private static final Pair PAIR = Pair.parse("XAUUSD/XAGUSD");

  private static Signal signal(double z, double prob, Action action, String reason) {
    return new Signal(
        UUID.fromString("00000000-0000-0000-0000-000000000001"),
        SignalMode.LIVE,
        PAIR,
        BarInterval.M1,
        Instant.parse("2025-10-14T12:34:00Z"),
        Instant.parse("2025-10-14T12:35:00.987Z"),
        Instant.parse("2025-10-14T12:36:00Z"),
        z,
        prob,
        0.18,
        0.65,
        action,
        action == Action.HOLD
            ? List.of()
            : List.of(
                new Leg(new Symbol("XAUUSD"), Side.SELL, 0.6),
                new Leg(new Symbol("XAGUSD"), Side.BUY, 0.4)),
        false,
        new Thresholds(0.75, 0.30),
        new ModelVersion("20251014_0300"),
        "ab12",
        0.5,
        reason);
  }

  @Test
  @Tag("I-03")
  void the_specifications_example_comes_first_field_for_field() {
    assertThat(SignalJson.of(signal(2.15, 0.82, Action.ENTER, "go"), 7, 3, SignalSeal.NONE))
        .isEqualTo(
            "{\"timestamp\":\"2025-10-14T12:35:00Z\",\"pair\":\"XAU/USD vs XAG/USD\","
                + "\"z_score\":2.15,\"return_prob\":0.82,\"risk_score\":0.18,\"entry\":\"SELL_XAUUSD,"
                + " BUY_XAGUSD\",\"confidence\":0.82,\"risk_flag\":0,"
                + "\"theta1\":0.75,\"theta2\":0.3,\"position_scale\":0.65,"
                + "\"signal_id\":\"00000000-0000-0000-0000-000000000001\",\"seq\":7,\"epoch\":3,"
                + "\"action\":\"ENTER\",\"legs\":[{\"symbol\":\"XAUUSD\",\"side\":\"SELL\",\"weight\":0.6},"
                + "{\"symbol\":\"XAGUSD\",\"side\":\"BUY\",\"weight\":0.4}],"
                + "\"model_version\":\"20251014_0300\",\"policy_hash\":\"ab12\","
                + "\"leverage_reduction\":0.5,\"bar_ts\":\"2025-10-14T12:34:00Z\","
                + "\"expires_at\":\"2025-10-14T12:36:00Z\",\"interval\":\"PT1M\",\"mode\":\"live\","
                + "\"reason\":\"go\"}");
  }

  @Test
  void exits_close_and_holds_hold() {
    assertThat(signal(0.1, 0.5, Action.EXIT, "x").entry()).isEqualTo("CLOSE_XAUUSD, CLOSE_XAGUSD");
    assertThat(signal(0.1, 0.5, Action.HOLD, "x").entry()).isEqualTo("HOLD");
  }

  @Test
  void every_signal_is_plain_json_below_a_kilobyte() {
    SplittableRandom random = new SplittableRandom(5);
    JsonMapper json = JsonMapper.builder().build();
    for (int i = 0; i < 10_000; i++) {
      double z = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 6));
      double prob = Math.pow(random.nextDouble(), random.nextInt(1, 30));
      String text =
          SignalJson.of(signal(z, prob, Action.ENTER, "r"), Long.MAX_VALUE - i, i, SignalSeal.NONE);
      assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_024);
      assertThat(text).matches("\\p{ASCII}*").doesNotContainPattern("[0-9]E-?[0-9]");
      JsonNode read = json.readTree(text);
      assertThat(read.path("z_score").asDouble()).isCloseTo(z, Offset.offset(5e-7));
      assertThat(read.path("seq").asLong()).isEqualTo(Long.MAX_VALUE - i);
    }
  }

  @Test
  void text_that_would_break_the_form_is_refused() {
    assertThatThrownBy(
            () -> SignalJson.of(signal(1, 0.5, Action.ENTER, "a\"b"), 1, 1, SignalSeal.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reason");
    assertThatThrownBy(
            () ->
                SignalJson.of(signal(1, 0.5, Action.ENTER, "x".repeat(700)), 1, 1, SignalSeal.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1024");
  }
}

package io.mlassets.ea;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mlassets.channel.Heartbeat;
import io.mlassets.control.TradingState;
import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.model.ModelVersion;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Side;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the dispatcher writes an Expert Advisor reads, and what that answers fits the schema. */
@Tag("I-03")
class EaDocumentsTest {
  private static final SignalSeal SEAL = SignalSeal.of("a key for tests only");
  private static final Instant BAR = Instant.parse("2026-01-05T10:00:00Z");

  private static Schema schema(String name) throws IOException {
    String source = Files.readString(Path.of("..", "docs", name + ".schema.json"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(source);
  }

  private static Signal signal(Action action) {
    return new Signal(
        new UUID(0, 7),
        SignalMode.LIVE,
        Pair.parse("US500/XAUUSD"),
        BarInterval.M1,
        BAR,
        BAR.plusSeconds(60),
        BAR.plusSeconds(120),
        -2.1,
        0.8,
        0.1,
        0.5,
        action,
        action == Action.HOLD
            ? List.of()
            : List.of(
                new Leg(new Symbol("US500"), Side.SELL, 0.625),
                new Leg(new Symbol("XAUUSD"), Side.BUY, 0.375)),
        false,
        new Thresholds(0.7, 0.3),
        new ModelVersion("20260101_0000"),
        "p",
        0.5,
        "test");
  }

  @Test
  void what_the_dispatcher_writes_is_read_with_its_key_and_with_no_other() throws IOException {
    for (Action action : Action.values()) {
      Signal written = signal(action);
      String text = SignalJson.of(written, 12, 3, SEAL);
      EaSignal read = EaSignal.read(text, SEAL, SignalMode.LIVE).orElseThrow();
      assertThat(read)
          .isEqualTo(
              new EaSignal(
                  12,
                  written.signalId().toString(),
                  3,
                  written.pair(),
                  action,
                  written.legs(),
                  0.5,
                  false,
                  BAR,
                  written.expiresAt()));
      assertThat(text).matches(".*,\"mac\":\"[0-9a-f]{64}\"}").hasSizeLessThan(1_024);
      assertThat(schema("signal").validate(text, InputFormat.JSON)).isEmpty();
      assertThat(EaSignal.read(text, SignalSeal.of("another key for tests"), SignalMode.LIVE))
          .isEmpty();
      assertThat(EaSignal.read(text, SEAL, SignalMode.SHADOW)).isEmpty();
      String unsealed = SignalJson.of(written, 12, 3, SignalSeal.NONE);
      assertThat(EaSignal.read(unsealed, SEAL, SignalMode.LIVE)).isEmpty();
      assertThat(EaSignal.read(unsealed, SignalSeal.NONE, SignalMode.LIVE)).contains(read);
    }
  }

  @Test
  void a_heartbeat_is_read_as_it_was_meant() throws IOException {
    Heartbeat written =
        new Heartbeat(
            SignalMode.SHADOW,
            12,
            3,
            TradingState.REDUCING,
            Instant.parse("2026-01-05T10:01:00.123456789Z"),
            BAR);
    String text = written.json(SEAL);
    assertThat(HeartbeatReader.read(text, SEAL, SignalMode.SHADOW)).contains(written);
    assertThat(HeartbeatReader.read(text, SEAL, SignalMode.LIVE)).isEmpty();
    assertThat(schema("heartbeat").validate(text, InputFormat.JSON)).isEmpty();
  }

  @Test
  void every_ack_of_every_scenario_fits_its_schema() throws IOException {
    Schema schema = schema("ack");
    int acks = 0;
    for (Path file : EaPlayer.scenarios()) {
      for (JsonNode step : EaPlayer.steps(file)) {
        Stream<String> said = step.path("out").valueStream().map(JsonNode::asString);
        for (String one : said.filter(text -> text.contains("XADD acks")).toList()) {
          String ack = one.substring(one.indexOf('{'));
          assertThat(schema.validate(ack, InputFormat.JSON)).as(ack).isEmpty();
          assertThat(schema.validate(ack.replace("\"legs\":", "\"leg\":"), InputFormat.JSON))
              .isNotEmpty();
          acks++;
        }
      }
    }
    assertThat(acks).isGreaterThan(50);
  }
}

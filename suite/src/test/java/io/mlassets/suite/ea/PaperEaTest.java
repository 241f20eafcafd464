package io.mlassets.suite.ea;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.channel.Channels;
import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Side;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("S-01")
class PaperEaTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pair PAIR = Pair.parse("XAUUSD/XAGUSD");
  private static final Instant BAR = Instant.parse("2026-01-05T10:00:00Z");
  private TestServers servers;
  private PaperEa ea;

  @BeforeEach
  void start() throws Exception {
    servers = TestServers.start();
    bar("XAUUSD", 2_000);
    bar("XAGUSD", 25);
    ea = start(new PaperAccount("paper-test", 100_000, 0.3, 0, 0, 1));
  }

  private PaperEa start(PaperAccount account) throws Exception {
    PaperEa started =
        new PaperEa(
                servers.redis().address().getHost(),
                servers.redis().address().getPort(),
                new Channels(""),
                InstrumentCatalogue.read(TestServers.configFolder().resolve("instruments.yaml")),
                account,
                0)
            .start();
    await("listening", started::listening);
    return started;
  }

  @AfterEach
  void stop() {
    ea.close();
    servers.close();
  }

  private void bar(String symbol, double close) {
    add(
        "bars",
        "{\"symbol\":\"%s\",\"interval\":\"PT1M\",\"ts\":\"%s\",\"open\":%s,\"high\":%s,\"low\":%s,\"close\":%s,\"volume\":1}"
            .formatted(symbol, BAR, close, close, close, close));
  }

  private void add(String stream, String json) {
    try (Jedis redis = servers.jedis()) {
      redis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("json", json));
    }
  }

  private static String signal(long seq, Action action, Instant expiresAt) {
    List<Leg> legs =
        action == Action.HOLD
            ? List.of()
            : List.of(
                new Leg(new Symbol("XAUUSD"), Side.SELL, 0.5),
                new Leg(new Symbol("XAGUSD"), Side.BUY, 0.5));
    Signal signal =
        new Signal(
            new UUID(0, seq),
            SignalMode.LIVE,
            PAIR,
            BarInterval.M1,
            BAR,
            BAR.plusSeconds(60),
            expiresAt,
            2.1,
            0.8,
            0.1,
            0.5,
            action,
            legs,
            false,
            new Thresholds(0.7, 0.3),
            new ModelVersion("20260101_0000"),
            "p",
            0.5,
            "test");
    return SignalJson.of(signal, seq, 1);
  }

  private static String signal(long seq, Action action) {
    return signal(seq, action, BAR.plusSeconds(120));
  }

  /** As the dispatcher does it; unheard signals are only in the log. */
  private void send(long seq, String json, boolean heard) {
    try (Jedis redis = servers.jedis()) {
      redis.xadd("signals.log", new StreamEntryID(seq, 0), Map.of("json", json));
      if (heard) {
        redis.publish("signals", json);
      }
    }
  }

  private List<JsonNode> fills() {
    try (Jedis redis = servers.jedis()) {
      return redis.xrange("fills", "-", "+").stream()
          .map(entry -> JSON.readTree(entry.getFields().get("json")))
          .toList();
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 30 s: " + what);
      }
      Thread.sleep(20);
    }
  }

  @Test
  void an_entry_opens_both_legs_and_an_exit_closes_exactly_them() throws Exception {
    send(1, signal(1, Action.ENTER), true);
    send(2, signal(2, Action.ENTER), true);
    send(3, signal(3, Action.EXIT), true);
    send(4, signal(4, Action.EXIT), true);
    await("four signals", () -> ea.lastSeq() == 4);
    List<JsonNode> fills = fills();
    assertThat(fills).hasSize(4);
    assertThat(fills.stream().map(fill -> fill.path("side").asString()))
        .containsExactly("SELL", "BUY", "BUY", "SELL");
    assertThat(fills.stream().map(fill -> fill.path("signal_seq").asInt()))
        .containsExactly(1, 1, 3, 3);
    assertThat(fills.get(0).path("lots")).isEqualTo(fills.get(2).path("lots"));
    assertThat(fills.get(0).path("price").asDouble()).isLessThan(2_000);
    assertThat(fills.get(2).path("price").asDouble()).isGreaterThan(2_000);
    assertThat(fills.stream().map(fill -> fill.path("deal_ticket").asLong()))
        .doesNotHaveDuplicates();
  }

  @Test
  void what_was_not_heard_is_taken_from_the_log_in_order_and_once() throws Exception {
    send(1, signal(1, Action.ENTER), false);
    send(2, signal(2, Action.HOLD), false);
    send(3, signal(3, Action.EXIT), true);
    await("the gap closed", () -> ea.lastSeq() == 3);
    try (Jedis redis = servers.jedis()) {
      redis.publish("signals", signal(1, Action.ENTER));
      redis.publish("signals", signal(3, Action.EXIT));
    }
    send(4, signal(4, Action.HOLD), false);
    await("found without being heard", () -> ea.lastSeq() == 4);
    assertThat(ea.received()).isEqualTo(4);
    assertThat(fills()).hasSize(4);
  }

  @Test
  void a_stale_entry_is_not_executed_and_a_broken_message_stops_nothing() throws Exception {
    send(1, signal(1, Action.ENTER, BAR.plusSeconds(59)), true);
    send(2, "{\"seq\":2,\"action\":", true);
    send(3, signal(3, Action.ENTER), true);
    await("three", () -> ea.lastSeq() == 3);
    assertThat(ea.malformed()).isPositive();
    assertThat(fills().stream().map(fill -> fill.path("signal_seq").asInt())).containsExactly(3, 3);
  }

  @Test
  void it_goes_on_after_redis_was_away() throws Exception {
    send(1, signal(1, Action.ENTER), true);
    await("one", () -> ea.fillsSent() == 2);
    servers.stopRedis();
    servers.startRedis();
    send(2, signal(2, Action.EXIT), true);
    await("two", () -> ea.fillsSent() == 4);
    assertThat(fills()).hasSize(4);
  }

  @Test
  void refusals_and_partial_fills_are_told_apart() throws Exception {
    ea.close();
    ea = start(new PaperAccount("paper-odd", 1_000_000, 0.3, 0.3, 0.5, 3));
    for (long seq = 1; seq <= 40; seq++) {
      send(seq, signal(seq, seq % 2 == 1 ? Action.ENTER : Action.EXIT), true);
    }
    await("forty", () -> ea.lastSeq() == 40);
    List<JsonNode> fills = fills();
    assertThat(fills.stream().map(fill -> fill.path("retcode").asInt()))
        .contains(10_006, 10_009, 10_010);
    assertThat(fills.stream().map(fill -> fill.path("deal_ticket").asLong()))
        .doesNotHaveDuplicates();
    double net =
        fills.stream()
            .mapToDouble(
                fill ->
                    fill.path("symbol").asString().equals("XAUUSD")
                        ? fill.path("lots").asDouble()
                            * (fill.path("side").asString().equals("BUY") ? 1 : -1)
                        : 0)
            .sum();
    assertThat(net).as("all that was opened was closed").isCloseTo(0, Offset.offset(1e-9));
  }
}

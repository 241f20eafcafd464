package io.mlassets.suite.ea;

import static io.mlassets.suite.ea.TradingFloor.BAR;
import static io.mlassets.suite.ea.TradingFloor.await;
import static io.mlassets.suite.ea.TradingFloor.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;

@Tag("S-01")
class PaperEaTest {
  @TempDir Path folder;
  private TestServers servers;
  private TradingFloor floor;
  private PaperEa ea;

  @BeforeEach
  void start() throws Exception {
    servers = TestServers.start();
    floor = new TradingFloor(servers.redis());
    floor.bar("XAUUSD", 2_000);
    floor.bar("XAGUSD", 25);
    ea = start(TradingFloor.PLAIN);
  }

  private PaperEa start(PaperAccount account) throws InterruptedException {
    return TradingFloor.listening(servers.redis(), account, folder);
  }

  /** A number is settled a moment before its fills are sent. */
  private void awaitObeyed(long seq) throws InterruptedException {
    await(
        "number %d and its fills".formatted(seq),
        () -> ea.lastSeq() == seq && ea.fillsSent() == ea.fillsMade());
  }

  @AfterEach
  void stop() throws Exception {
    ea.close();
    servers.close();
  }

  @Test
  void an_entry_opens_both_legs_and_an_exit_closes_exactly_them() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    floor.send(2, signal(2, Action.ENTER), true);
    floor.send(3, signal(3, Action.EXIT), true);
    floor.send(4, signal(4, Action.EXIT), true);
    awaitObeyed(4);
    List<JsonNode> fills = floor.fills();
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
    floor.send(1, signal(1, Action.ENTER), false);
    floor.send(2, signal(2, Action.HOLD), false);
    floor.send(3, signal(3, Action.EXIT), true);
    awaitObeyed(3);
    try (Jedis redis = servers.jedis()) {
      redis.publish("signals", signal(1, Action.ENTER));
      redis.publish("signals", signal(3, Action.EXIT));
    }
    floor.send(4, signal(4, Action.HOLD), false);
    awaitObeyed(4);
    assertThat(ea.received()).isEqualTo(4);
    assertThat(floor.fills()).hasSize(4);
  }

  @Test
  void a_stale_entry_is_not_executed_and_a_broken_message_stops_nothing() throws Exception {
    floor.send(1, signal(1, Action.ENTER, BAR.plusSeconds(59)), true);
    floor.send(2, "{\"seq\":2,\"action\":", true);
    floor.send(3, signal(3, Action.ENTER), true);
    awaitObeyed(3);
    assertThat(ea.malformed()).isPositive();
    assertThat(floor.fills().stream().map(fill -> fill.path("signal_seq").asInt()))
        .containsExactly(3, 3);
  }

  @Test
  void it_goes_on_after_redis_was_away() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    await("one", () -> ea.fillsSent() == 2);
    servers.stopRedis();
    servers.startRedis();
    floor.send(2, signal(2, Action.EXIT), true);
    await("two", () -> ea.fillsSent() == 4);
    assertThat(floor.fills()).hasSize(4);
  }

  @Test
  void refusals_and_partial_fills_are_told_apart() throws Exception {
    ea.close();
    ea = start(new PaperAccount("paper-odd", 1_000_000, 0.3, 0.3, 0.5, 3));
    for (long seq = 1; seq <= 40; seq++) {
      floor.send(seq, signal(seq, seq % 2 == 1 ? Action.ENTER : Action.EXIT), true);
    }
    awaitObeyed(40);
    List<JsonNode> fills = floor.fills();
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

package io.mlassets.dispatcher;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.StreamEntry;

/** The servers themselves are stopped and started again while signals and fills flow. */
@Tag("S-01")
@Tag("S-03")
class RestartTest {
  private static final Instant FIRST_BAR = Instant.parse("2025-07-01T00:00:00Z");
  private static final List<String> PAIRS = List.of("EURUSD-GBPUSD", "US500-USTEC");
  private static final Executor ON_ITS_OWN = task -> Thread.ofPlatform().start(task);
  private final AtomicLong minutes = new AtomicLong();
  private volatile boolean flowing = true;

  @Test
  void servers_restarted_under_load_lose_nothing_and_double_nothing() throws Exception {
    try (RunningDispatcher dispatcher = new RunningDispatcher(TestServers.startAlone())) {
      List<String> heard = new CopyOnWriteArrayList<>();
      List<String> told = new CopyOnWriteArrayList<>();
      try (var signals = listen(dispatcher, heard, "signals");
          var trades = listen(dispatcher, told, "trades")) {
        CompletableFuture<?> flow = CompletableFuture.runAsync(() -> flow(dispatcher), ON_ITS_OWN);
        CompletableFuture<?> fills = CompletableFuture.runAsync(() -> fill(dispatcher), ON_ITS_OWN);
        awaitMore(dispatcher);
        TestServers servers = dispatcher.servers;

        servers.stopPostgres(false);
        assertSaysSo(dispatcher, "db");
        servers.startPostgres();
        awaitMore(dispatcher);

        servers.stopPostgres(true);
        servers.startPostgres();
        awaitMore(dispatcher);

        servers.stopRedis();
        assertSaysSo(dispatcher, "redis");
        servers.startRedis();
        awaitMore(dispatcher);

        servers.stopRedis();
        servers.stopPostgres(true);
        servers.startPostgres();
        servers.startRedis();
        awaitMore(dispatcher);

        flowing = false;
        flow.get();
        await("every outcome", () -> waiting(dispatcher) == 0);
        fills.get();
        assertEverySignalOnceInOrder(dispatcher, heard);
        assertEveryFillOnce(dispatcher, told);
      }
    }
  }

  private static RedisSubscription listen(
      RunningDispatcher dispatcher, List<String> into, String channel) {
    return new RedisSubscription(
            dispatcher.servers.redis(), (from, text) -> into.add(text), channel)
        .start();
  }

  /** Commits every decision, over every outage, as inference does. */
  private void flow(RunningDispatcher dispatcher) {
    while (flowing) {
      Instant bar = FIRST_BAR.plusSeconds(60 * minutes.incrementAndGet());
      for (String pair : PAIRS) {
        Action action = Action.values()[(int) (minutes.get() % Action.values().length)];
        while (!committed(dispatcher, pair, bar, action)) {
          pause(20);
        }
      }
      pause(5);
    }
  }

  private static boolean committed(
      RunningDispatcher dispatcher, String pair, Instant bar, Action action) {
    try {
      dispatcher.decide(SignalMode.LIVE, pair, bar, action);
      return true;
    } catch (DuplicateKeyException e) {
      return true;
    } catch (DataAccessException e) {
      return false;
    }
  }

  /** Fills one leg of every entry in the log, until the flow is over and all of them are filled. */
  private void fill(RunningDispatcher dispatcher) {
    String from = "-";
    while (true) {
      boolean last = !flowing && outcomesKnown(dispatcher);
      try (Jedis jedis = dispatcher.servers.jedis()) {
        for (var entry : jedis.xrange("signals.log", from, "+", 10_000)) {
          String json = entry.getFields().get("json");
          if (json.contains("\"action\":\"ENTER\"")) {
            jedis.xadd("fills", StreamEntryID.NEW_ENTRY, Map.of("json", fillOf(entry, json)));
          }
          from = "(" + entry.getID();
        }
      } catch (JedisException e) {
        pause(20);
        continue;
      }
      if (last) {
        return;
      }
      pause(50);
    }
  }

  private static boolean outcomesKnown(RunningDispatcher dispatcher) {
    try {
      return waiting(dispatcher) == 0;
    } catch (DataAccessException e) {
      return false;
    }
  }

  private static String fillOf(StreamEntry entry, String json) {
    String pair = json.contains("EUR/USD") ? PAIRS.get(0) : PAIRS.get(1);
    long seq = entry.getID().getTime();
    return """
    {"account":"paper-1","signal_seq":%d,"pair":"%s","symbol":"%s","side":"SELL","lots":0.1,\
    "price":1.5,"deal_ticket":%d,"filled_at":"2025-07-01T00:01:00Z","retcode":10009}\
    """
        .formatted(seq, pair, pair.substring(0, pair.indexOf('-')), seq);
  }

  private static void awaitMore(RunningDispatcher dispatcher) {
    long before = logLength(dispatcher);
    await("more signals in the log", () -> logLength(dispatcher) > before + 60);
  }

  private static long logLength(RunningDispatcher dispatcher) {
    try (Jedis jedis = dispatcher.servers.jedis()) {
      return jedis.xlen("signals.log");
    } catch (JedisException e) {
      return Long.MAX_VALUE / 2;
    }
  }

  /** The process lives, is not ready, and counts what failed. */
  private static void assertSaysSo(RunningDispatcher dispatcher, String server) {
    await(
        "not ready",
        () -> {
          var ready = dispatcher.get("", "/actuator/health/readiness");
          return ready.status() == 503
              && ready.body().at("/components/" + server + "/status").asString().equals("DOWN");
        });
    assertThat(dispatcher.get("", "/actuator/health/liveness").status()).isEqualTo(200);
    await(
        "counted",
        () ->
            dispatcher
                .metrics()
                .lines()
                .anyMatch(line -> line.matches("dispatch_stalled\\{stream=\"all:live\"} 1\\.0")));
  }

  private static long waiting(RunningDispatcher dispatcher) {
    return dispatcher.count(
        "core.signals_live s left join core.signal_dispatch d using (signal_id)",
        "d.outcome is null or (d.seq is not null and d.sent_at is null)");
  }

  private static void assertEverySignalOnceInOrder(
      RunningDispatcher dispatcher, List<String> heard) {
    List<String> recorded = dispatcher.recorded("all:live");
    assertThat(dispatcher.log("signals.log")).isEqualTo(recorded);
    assertThat(recorded.stream().map(entry -> Long.valueOf(entry.split("-", 2)[0])))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, recorded.size()).boxed().toList());
    assertThat(
            dispatcher.count(
                "core.signals_live s join core.signal_dispatch d using (signal_id)",
                "not (d.outcome = 'PUBLISHED' or d.outcome = 'EXPIRED' and s.action = 'ENTER')"))
        .as("neither published nor an expired entry")
        .isZero();
    assertThat(heard).as("published twice").doesNotHaveDuplicates();
    assertThat(recorded.stream().map(entry -> entry.substring(entry.indexOf(' ') + 1)))
        .as("heard, but not recorded")
        .containsAll(heard);
    assertThat(dispatcher.metrics()).containsPattern("(?m)^dispatch_stalled\\{.*live\"} 0\\.0");
  }

  private static void assertEveryFillOnce(RunningDispatcher dispatcher, List<String> told) {
    long entries =
        dispatcher.count(
            "core.signals_live s join core.signal_dispatch d using (signal_id)",
            "s.action = 'ENTER' and d.outcome = 'PUBLISHED'");
    await("all fills", () -> dispatcher.count("core.live_trades", "true") == entries);
    assertThat(entries).isPositive();
    await("all told", () -> told.stream().distinct().count() == entries);
    assertThat(dispatcher.count("core.quarantine", "true")).isZero();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

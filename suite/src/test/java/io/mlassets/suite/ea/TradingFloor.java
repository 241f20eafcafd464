package io.mlassets.suite.ea;

import io.mlassets.channel.Channels;
import io.mlassets.decision.Thresholds;
import io.mlassets.ea.EaConfig;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Side;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an Expert Advisor has around it: Redis, bars, and a dispatcher's signals. */
final class TradingFloor {
  static final PaperAccount PLAIN = new PaperAccount("paper-test", 100_000, 0.3, 0, 0, 1);
  static final Instant BAR = Instant.parse("2026-01-05T10:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pair PAIR = Pair.parse("XAUUSD/XAGUSD");

  private final RedisSettings settings;

  TradingFloor(RedisSettings settings) {
    this.settings = settings;
  }

  static PaperEa advisor(RedisSettings redis, PaperAccount account, Path folder) {
    return advisor(redis, account, null, folder);
  }

  private static PaperEa advisor(
      RedisSettings redis, PaperAccount account, @Nullable SignalKey key, Path folder) {
    return new PaperEa(
        redis,
        new Channels(""),
        InstrumentCatalogue.read(TestServers.configFolder().resolve("instruments.yaml")),
        account,
        key,
        EaConfig.Clock.BARS,
        Clock.systemUTC(),
        folder);
  }

  /** Starts one and waits until it listens. */
  static PaperEa listening(RedisSettings redis, PaperAccount account, Path folder)
      throws InterruptedException {
    return listening(redis, account, null, folder);
  }

  /** The same where there is a dispatcher, who seals. */
  static PaperEa listening(
      RedisSettings redis, PaperAccount account, @Nullable SignalKey key, Path folder)
      throws InterruptedException {
    PaperEa started = advisor(redis, account, key, folder).start();
    await("listening", started::listening);
    return started;
  }

  void bar(String symbol, double close) {
    bar(symbol, close, BAR);
  }

  void bar(String symbol, double close, Instant ts) {
    add(
        "bars",
        "{\"symbol\":\"%s\",\"interval\":\"PT1M\",\"ts\":\"%s\",\"open\":%s,\"high\":%s,\"low\":%s,\"close\":%s,\"volume\":1}"
            .formatted(symbol, ts, close, close, close, close));
  }

  private void add(String stream, String json) {
    try (Jedis redis = settings.connect(10_000)) {
      redis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("json", json));
    }
  }

  static String signal(long seq, Action action, Instant expiresAt) {
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
    return SignalJson.of(signal, seq, 1, SignalSeal.NONE);
  }

  static String signal(long seq, Action action) {
    return signal(seq, action, BAR.plusSeconds(120));
  }

  /** As the dispatcher does it; unheard signals are only in the log. */
  void send(long seq, String json, boolean heard) {
    try (Jedis redis = settings.connect(10_000)) {
      redis.xadd("signals.log", new StreamEntryID(seq, 0), Map.of("json", json));
      if (heard) {
        redis.publish("signals", json);
      }
    }
  }

  List<JsonNode> fills() {
    try (Jedis redis = settings.connect(10_000)) {
      return redis.xrange("fills", "-", "+").stream()
          .map(entry -> JSON.readTree(entry.getFields().get("json")))
          .toList();
    }
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 120 s: " + what);
      }
      Thread.sleep(20);
    }
  }
}

package io.mlassets.inference;

import io.mlassets.channel.BarMessage;
import io.mlassets.channel.Channels;
import io.mlassets.decision.Thresholds;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.testing.SampleMarket;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.json.JsonMapper;

/** A pair whose bars come into history and over Redis, and models for it. */
public final class LiveMarket {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Channels CHANNELS = new Channels("");
  private final TestServers servers;
  private final JdbcTemplate owner;
  private final List<PairBar> bars;

  public LiveMarket(TestServers servers, int count, long seed) {
    this.servers = servers;
    this.owner = new JdbcTemplate(servers.dataSource());
    this.bars = SampleMarket.barsInSession(count, seed);
  }

  public List<PairBar> bars() {
    return bars;
  }

  public JdbcClient sql() {
    return JdbcClient.create(owner);
  }

  /** Bars {@code from} to {@code to} (exclusive) into {@code core.bars}. */
  public void history(int from, int to) {
    store(legs(from, to));
  }

  /** The legs of bars {@code from} to {@code to} (exclusive), bar by bar. */
  List<Bar> legs(int from, int to) {
    return bars.subList(from, to).stream()
        .flatMap(bar -> List.of(bar.a(), bar.b()).stream())
        .toList();
  }

  /** Any bars into {@code core.bars}. */
  void store(List<Bar> legs) {
    owner.batchUpdate(
        "insert into core.bars values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
        legs,
        500,
        (row, bar) -> {
          row.setString(1, bar.symbol().name());
          row.setString(2, bar.interval().iso());
          row.setObject(3, bar.ts().atOffset(ZoneOffset.UTC));
          row.setDouble(4, bar.open());
          row.setDouble(5, bar.high());
          row.setDouble(6, bar.low());
          row.setDouble(7, bar.close());
          row.setDouble(8, bar.volume());
        });
  }

  /** The same bars as they come from the market: into the table, then over the stream. */
  public void live(int from, int to) {
    history(from, to);
    for (PairBar bar : bars.subList(from, to)) {
      send(bar.a());
      send(bar.b());
    }
  }

  public void send(Bar bar) {
    send(JSON.writeValueAsString(BarMessage.of(bar)));
  }

  void send(String json) {
    try (Jedis redis = servers.jedis()) {
      redis.xadd(CHANNELS.bars(), StreamEntryID.NEW_ENTRY, Map.of(Channels.PAYLOAD, json));
    }
  }

  /** Registers a bundle that enters every candidate. */
  public void adopt(String version) {
    register(version, bundle(version), "active");
  }

  public byte[] bundle(String version) {
    return SampleBundles.bytes(
        new ModelVersion(version),
        List.of(SampleMarket.PAIR),
        bars.getFirst().a().interval(),
        new Thresholds(0, 1));
  }

  public void register(String version, byte[] zip, String status) {
    sql()
        .sql("update core.model_registry set status = 'archived' where status = 'active'")
        .update();
    sql()
        .sql("insert into core.model_artifacts values (?, 'c', 's', ?)")
        .params(version, zip)
        .update();
    for (String type : List.of("AI1", "AI2", "AI3")) {
      sql()
          .sql(
              """
              insert into core.model_registry (model_version, model_type, status,
                train_period_start, train_period_end, theta1, theta2, metrics, artifact_path, notes,
                feature_schema_hash, seed, params)
              values (?, ?, ?, '2025-01-01', '2025-12-31', 0, 1, '{}', 'x', 'n', 'h', 7, '{}')
              """)
          .params(version, type, status)
          .update();
    }
    try (Jedis redis = servers.jedis()) {
      redis.publish(CHANNELS.models(), "{}");
    }
  }

  /** Puts other thresholds in force for the active model, as the trainer does. */
  public void retune(double theta1, double theta2) {
    sql()
        .sql("update core.model_registry set theta1 = ?, theta2 = ? where status = 'active'")
        .params(theta1, theta2)
        .update();
    try (Jedis redis = servers.jedis()) {
      redis.publish(CHANNELS.models(), "{}");
    }
  }

  /** Takes a shard as a replica does that decides nothing, for an hour or until {@link #die}. */
  void steal(int shard) {
    set("owner = 'somebody', epoch = epoch + 1000, until = clock_timestamp() + '1 hour'", shard);
  }

  /** The lease of a shard is over. */
  void die(int shard) {
    set("until = clock_timestamp()", shard);
  }

  private void set(String what, int shard) {
    sql().sql("update core.shards set " + what + " where shard = ?").param(shard).update();
  }

  public long signals() {
    return sql().sql("select count(*) from core.signals_live").query(Long.class).single();
  }

  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    await(what, 120, condition);
  }

  static void await(String what, int seconds, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within %d seconds: %s".formatted(seconds, what));
      }
      Thread.sleep(20);
    }
  }
}

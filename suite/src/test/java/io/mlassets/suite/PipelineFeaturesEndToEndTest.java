package io.mlassets.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.channel.BarMessage;
import io.mlassets.channel.Channels;
import io.mlassets.decision.Scores;
import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.inference.InferenceApplication;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.ModelBundle;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.JavaCommand;
import io.mlassets.platform.database.CopyLine;
import io.mlassets.platform.database.CopyRows;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.market.MarketSimulator;
import io.mlassets.suite.market.SimulatedMarket;
import io.mlassets.suite.market.SimulationSpec;
import io.mlassets.trainer.TrainMain;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.json.JsonMapper;

/** A model trained on the data pipeline's vectors decides by them as they come. */
@Tag("T-02")
@Tag("I-01")
class PipelineFeaturesEndToEndTest {
  private static final int HISTORY = 4_000;
  private static final int LIVE = 120;
  private static final SimulationSpec SPEC =
      new SimulationSpec(2, HISTORY + LIVE, BarInterval.M1, 80, 17);
  private static final FeatureSchema SCHEMA = schema();
  private static final Channels CHANNELS = new Channels("");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SimulatedMarket market = new MarketSimulator(SPEC).simulate();
  private final Map<Pair, List<MarketView>> views = new HashMap<>();

  /** Some of ours, in another order, and two of its own. */
  private static FeatureSchema schema() {
    List<String> names = new ArrayList<>(FeatureSchema.current().names().reversed());
    names.addFirst("news_surprise");
    names.addLast("order_flow");
    return FeatureSchema.of(names);
  }

  /** The pipeline's vector of a bar. */
  private static FeatureVector vector(MarketView view) {
    double own = Math.sin(view.bar().ts().getEpochSecond() / 600.0);
    double[] ours = view.features().copy();
    double[] values = new double[SCHEMA.size()];
    values[0] = own;
    for (int i = 0; i < ours.length; i++) {
      values[1 + i] = ours[ours.length - 1 - i];
    }
    values[values.length - 1] = own > 0.9 ? Double.NaN : own * own;
    return FeatureVector.of(SCHEMA, view.bar().pair(), view.bar().ts(), values);
  }

  private void describe() {
    var rules = PolicyFiles.read(TestServers.configFolder()).core().trading();
    for (Pair pair : market.pairs()) {
      PairClass pairClass =
          PairClass.of(market.instruments().get(pair.a()), market.instruments().get(pair.b()));
      FeatureEngine engine = new FeatureEngine(pair, BarInterval.M1, pairClass, rules);
      List<Bar> a = market.bars().get(pair.a());
      List<Bar> b = market.bars().get(pair.b());
      List<MarketView> made = new ArrayList<>();
      for (int i = 0; i < a.size(); i++) {
        engine.onBar(new PairBar(pair, a.get(i), b.get(i))).ifPresent(made::add);
      }
      views.put(pair, made);
    }
  }

  @Test
  void trained_on_its_vectors_and_deciding_by_them_as_a_history_replay_does() throws Exception {
    describe();
    try (TestServers servers = TestServers.start()) {
      JdbcClient database = JdbcClient.create(servers.dataSource());
      load(servers, database);
      train(servers);
      // Adopted, whatever the verdict on so short a history.
      database.sql("update core.model_registry set status = 'active'").update();
      byte[] zip =
          database
              .sql("select content from core.model_artifacts")
              .query((row, n) -> row.getBytes(1))
              .single();
      ModelBundle bundle = BundleFile.read(zip, BundleKey.of(TestServers.BUNDLE_KEY));
      assertThat(bundle.manifest().featureNames()).isEqualTo(SCHEMA.names());
      try (ConfigurableApplicationContext inference =
          servers.start(
              InferenceApplication.class,
              "inference",
              "--clock.mode=bars",
              "--inference.features.source=redis",
              "--inference.features.wait=30s")) {
        assertThat(inference.isActive()).isTrue();
        // What comes from now on is decided.
        await(database, "core.decision_starts", market.pairs().size());
        send(servers);
        await(database, "core.signals_live", (long) LIVE * market.pairs().size());
      }
      assertAsReplayed(database, bundle);
    }
  }

  private void load(TestServers servers, JdbcClient database) throws Exception {
    try (Connection connection = servers.dataSource().getConnection()) {
      new BarTable(connection)
          .load(
              market.bars().values().stream()
                  .flatMap(bars -> bars.subList(0, HISTORY).stream())
                  .toList());
    }
    database
        .sql(
            "insert into core.feature_schemas (schema_hash, names, source) values (?, ?,"
                + " 'data-assets-pipeline')")
        .params(SCHEMA.hash(), SCHEMA.names().toArray(String[]::new))
        .update();
    new CopyRows(servers.dataSource())
        .into(
            "core.features (pair, interval, ts, schema_hash, feature_values)",
            views.values().stream()
                .flatMap(made -> made.subList(0, made.size() - LIVE).stream())
                .map(
                    view ->
                        new CopyLine()
                            .text(view.bar().pair().id())
                            .text(BarInterval.M1.iso())
                            .time(view.bar().ts())
                            .text(SCHEMA.hash())
                            .numbers(vector(view).copy())));
  }

  private void train(TestServers servers) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            JavaCommand.of(
                TrainMain.class.getName(),
                List.of("-Xmx500m"),
                List.of(
                    "--pairs",
                    String.join(",", market.pairs().stream().map(Pair::id).toList()),
                    "--interval",
                    "PT1M",
                    "--trials",
                    "1",
                    "--engine",
                    "lightgbm",
                    "--feature-schema",
                    SCHEMA.hash())));
    DatabaseSettings owner = servers.as("mlassets_trainer");
    Map<String, String> settings = command.environment();
    settings.put("DATABASE_URL", owner.jdbcUrl());
    settings.put("DATABASE_USER", owner.user());
    settings.put("DATABASE_PASSWORD", owner.password());
    settings.put("REDIS_HOST", "127.0.0.1");
    settings.put("REDIS_PORT", "" + servers.redis().address().getPort());
    settings.put("OPERATOR_TOKEN", TestServers.OPERATOR);
    settings.put("ANALYST_TOKEN", TestServers.ANALYST);
    settings.put("BUNDLE_KEY", TestServers.BUNDLE_KEY);
    settings.put("CONFIG_DIR", TestServers.configFolder().toAbsolutePath().toString());
    settings.put("VAR_DIR", servers.var().toString());
    settings.put("LOG_DIR", servers.var().toString());
    Path said = servers.var().resolve("train.out");
    Process training = command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(training.waitFor(8, TimeUnit.MINUTES)).isTrue();
    assertThat(training.exitValue()).as("%s", said).isZero();
  }

  /** Every bar's legs and vectors, these now before, now after them. */
  private void send(TestServers servers) {
    try (Jedis redis = servers.jedis()) {
      for (int i = HISTORY; i < HISTORY + LIVE; i++) {
        for (Pair pair : market.pairs()) {
          List<MarketView> made = views.get(pair);
          FeatureVector vector = vector(made.get(made.size() - (HISTORY + LIVE - i)));
          if (i % 2 == 0) {
            add(redis, CHANNELS.features(), json(vector));
          }
          for (var leg : pair.legs()) {
            Bar bar = market.bars().get(leg).get(i);
            add(redis, CHANNELS.bars(), JSON.writeValueAsString(BarMessage.of(bar)));
          }
          if (i % 2 == 1) {
            add(redis, CHANNELS.features(), json(vector));
          }
        }
      }
    }
  }

  private static void add(Jedis redis, String stream, String json) {
    redis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of(Channels.PAYLOAD, json));
  }

  private static String json(FeatureVector vector) {
    String values =
        DoubleStream.of(vector.copy())
            .mapToObj(value -> Double.isNaN(value) ? "null" : Double.toString(value))
            .collect(Collectors.joining(", "));
    return """
    {"pair": "%s", "interval": "PT1M", "ts": "%s", "schema_hash": "%s", "feature_values": [%s]}
    """
        .formatted(vector.pair().id(), vector.ts(), vector.schema().hash(), values);
  }

  private void assertAsReplayed(JdbcClient database, ModelBundle bundle) {
    Map<String, double[]> live = new HashMap<>();
    database
        .sql(
            """
            select s.pair, s.bar_ts, s.return_prob, s.risk_score, v.feature_values
            from core.signals_live s join core.live_features v
              on v.pair = s.pair and v.interval = s.interval and v.ts = s.bar_ts
            where v.schema_hash = ?
            """)
        .param(SCHEMA.hash())
        .query(
            row -> {
              double[] values =
                  Arrays.stream((Double[]) row.getArray(5).getArray())
                      .mapToDouble(Double::doubleValue)
                      .toArray();
              Instant ts = row.getObject(2, OffsetDateTime.class).toInstant();
              live.put(
                  row.getString(1) + ts,
                  DoubleStream.concat(
                          DoubleStream.of(row.getDouble(3), row.getDouble(4)),
                          DoubleStream.of(values))
                      .toArray());
            });
    assertThat(live).hasSize(LIVE * market.pairs().size());
    views.forEach(
        (pair, made) -> {
          for (MarketView view : made.subList(made.size() - LIVE, made.size())) {
            FeatureVector features = vector(view);
            Scores scores = bundle.score(features);
            assertThat(live.get(pair.id() + view.bar().ts()))
                .as("%s %s", pair, view.bar().ts())
                .isEqualTo(
                    DoubleStream.concat(
                            DoubleStream.of(scores.returnProb(), scores.riskScore()),
                            DoubleStream.of(features.copy()))
                        .toArray());
          }
        });
  }

  private static void await(JdbcClient database, String rows, long count) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (database.sql("select count(*) from " + rows).query(Long.class).single() < count) {
      assertThat(System.nanoTime()).as("%d rows of %s", count, rows).isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}

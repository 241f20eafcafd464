package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.signal.SignalMode;
import io.mlassets.testing.SampleMarket;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class InferenceServiceTest {
  private static final int HISTORY = 1_500;
  private static final String FIRST = "20260101_0000";
  private static final String SECOND = "20260102_0000";
  private TestServers servers;
  private LiveMarket market;
  private ConfigurableApplicationContext context;

  @BeforeEach
  void start() throws Exception {
    servers = TestServers.start();
    market = new LiveMarket(servers, HISTORY + 400, 11);
    market.history(0, HISTORY);
    market.adopt(FIRST);
    startService();
  }

  private void startService() throws Exception {
    context =
        servers.start(
            InferenceApplication.class,
            "inference",
            "--clock.mode=bars",
            "--inference.model-check-every=200ms",
            "--inference.swap.shadow-bars=0");
    InferenceLoop loop = context.getBean(InferenceLoop.class);
    await("a model in force", () -> loop.model() != null);
  }

  @AfterEach
  void stop() {
    context.close();
    servers.close();
  }

  private void awaitSignals(long count) throws Exception {
    await(count + " signals", () -> market.signals() >= count);
  }

  @Test
  @Tag("I-01")
  @Tag("T-01")
  void live_features_and_scores_are_those_of_a_history_replay_to_the_last_bit() throws Exception {
    market.live(HISTORY, HISTORY + 300);
    awaitSignals(300);
    Map<OffsetDateTime, double[]> live = new HashMap<>();
    market
        .sql()
        .sql("select ts, feature_values from core.live_features")
        .query(
            row -> {
              Double[] boxed = (Double[]) row.getArray(2).getArray();
              live.put(
                  row.getObject(1, OffsetDateTime.class),
                  Arrays.stream(boxed).mapToDouble(Double::doubleValue).toArray());
            });
    ModelBundle bundle = BundleFile.read(market.bundle(FIRST), SampleBundles.KEY);
    Map<OffsetDateTime, double[]> scores = new HashMap<>();
    market
        .sql()
        .sql("select bar_ts, z_score, return_prob, risk_score from core.signals_live")
        .query(
            row -> {
              scores.put(
                  row.getObject(1, OffsetDateTime.class),
                  new double[] {row.getDouble(2), row.getDouble(3), row.getDouble(4)});
            });
    var rules = PolicyFiles.read(TestServers.configFolder()).core().trading();
    List<MarketView> replay = SampleMarket.views(market.bars().subList(0, HISTORY + 300), rules);
    for (MarketView view : replay.subList(replay.size() - 300, replay.size())) {
      OffsetDateTime ts = view.bar().ts().atOffset(ZoneOffset.UTC);
      FeatureVector features = view.features();
      assertThat(live.get(ts)).as("features at %s", ts).isEqualTo(features.copy());
      var offline = bundle.score(features);
      assertThat(scores.get(ts))
          .isEqualTo(
              new double[] {view.spread().zScore(), offline.returnProb(), offline.riskScore()});
    }
    assertThat(
            market
                .sql()
                .sql("select count(*) from core.signals_live where action = 'ENTER'")
                .query(Long.class)
                .single())
        .isPositive();
  }

  @Test
  @Tag("I-09")
  void every_signal_carries_model_policy_and_thresholds() throws Exception {
    market.live(HISTORY, HISTORY + 20);
    awaitSignals(20);
    String hash = PolicyFiles.read(TestServers.configFolder()).hash();
    assertThat(
            market
                .sql()
                .sql(
                    """
                    select count(*) from core.signals_live where model_version = ?
                      and policy_hash = ? and theta1 = 0 and theta2 = 1 and leverage_reduction = 0.5
                    """)
                .params(FIRST, hash)
                .query(Long.class)
                .single())
        .isEqualTo(20);
  }

  @Test
  void a_model_is_swapped_between_two_bars_without_missing_one() throws Exception {
    market.live(HISTORY, HISTORY + 50);
    market.adopt(SECOND);
    for (int bar = HISTORY + 50; bar < HISTORY + 150; bar += 10) {
      market.live(bar, bar + 10);
      Thread.sleep(50);
    }
    awaitSignals(150);
    assertThat(market.signals()).isEqualTo(150);
    await(
        "signals of the second model",
        () -> {
          market.live(HISTORY + 150, HISTORY + 151);
          return versionsSeen() == 2;
        });
  }

  @Test
  @Tag("R-04")
  @Tag("I-09")
  void retuned_thresholds_decide_between_two_bars_and_after_a_restart() throws Exception {
    market.live(HISTORY, HISTORY + 20);
    awaitSignals(20);
    market.retune(0.7, 0.3);
    awaitThresholds(new Thresholds(0.7, 0.3));
    market.live(HISTORY + 20, HISTORY + 40);
    awaitSignals(40);
    assertThat(signalsBy(0, 1)).isEqualTo(20);
    assertThat(signalsBy(0.7, 0.3)).isEqualTo(20);
    assertThat(metrics()).contains("threshold_changes_total 1.0");
    assertThat(versionsSeen()).isEqualTo(1);

    context.close();
    startService();
    market.live(HISTORY + 40, HISTORY + 45);
    awaitSignals(45);
    assertThat(signalsBy(0.7, 0.3)).isEqualTo(25);
    assertThat(
            market
                .sql()
                .sql(
                    """
                    select count(*) from core.signals_live
                    where theta1 = 0.7 and risk_flag <> (risk_score >= 0.3)::int
                    """)
                .query(Long.class)
                .single())
        .isZero();

    market.adopt(SECOND);
    await("the next model", () -> modelInForce().bundle().version().value().equals(SECOND));
    assertThat(modelInForce().thresholds()).isEqualTo(new Thresholds(0, 1));
  }

  @Test
  @Tag("R-04")
  void thresholds_the_policy_does_not_allow_are_refused_and_the_last_good_ones_stay()
      throws Exception {
    ModelWatch models = context.getBean(ModelWatch.class);
    market.retune(0.7, 0.3);
    market.live(HISTORY, HISTORY + 1);
    awaitThresholds(new Thresholds(0.7, 0.3));
    market.retune(0.1, 0.9);
    await("the refusal", () -> models.refused() != null);
    assertThat(models.refused()).contains("theta1 0.1", "theta_search_range is [0.6, 0.85]");
    market.live(HISTORY + 1, HISTORY + 10);
    awaitSignals(10);
    assertThat(signalsBy(0.1, 0.9)).isZero();
    assertThat(metrics()).contains("thresholds_refused_total 1.0");

    context.close();
    startService();
    assertThat(modelInForce().thresholds()).isEqualTo(new Thresholds(0, 1));
    market.retune(0.65, 0.25);
    awaitThresholds(new Thresholds(0.65, 0.25));
  }

  private void awaitThresholds(Thresholds wanted) throws Exception {
    await(wanted.toString(), () -> modelInForce().thresholds().equals(wanted));
  }

  private LiveModel modelInForce() {
    return Objects.requireNonNull(context.getBean(InferenceLoop.class).model());
  }

  private long signalsBy(double theta1, double theta2) {
    return market
        .sql()
        .sql("select count(*) from core.signals_live where theta1 = ? and theta2 = ?")
        .params(theta1, theta2)
        .query(Long.class)
        .single();
  }

  private long versionsSeen() {
    return market
        .sql()
        .sql("select count(distinct model_version) from core.signals_live")
        .query(Long.class)
        .single();
  }

  @Test
  void a_restart_decides_what_came_meanwhile_once() throws Exception {
    market.live(HISTORY, HISTORY + 40);
    awaitSignals(40);
    context.close();
    market.live(HISTORY + 40, HISTORY + 80);
    startService();
    market.live(HISTORY + 80, HISTORY + 100);
    awaitSignals(100);
    assertThat(market.signals()).isEqualTo(100);
  }

  @Test
  void a_restart_shows_the_last_decisions_before_another_bar_comes() throws Exception {
    market.live(HISTORY, HISTORY + 40);
    awaitSignals(40);
    await("all of it", () -> get("/api/v1/pairs/XAUUSD-XAGUSD").body().contains("\"flag_run\""));
    String before = get("/api/v1/pairs/XAUUSD-XAGUSD").body();
    context.close();
    startService();
    await("the state", () -> get("/api/v1/pairs/XAUUSD-XAGUSD").body().contains("\"flag_run\""));
    assertThat(get("/api/v1/pairs/XAUUSD-XAGUSD").body()).isEqualTo(before);
  }

  @Test
  @Tag("I-07")
  @Tag("Q-06")
  void a_lost_or_damaged_bundle_file_is_restored_from_the_database() throws Exception {
    Path file = fileOf(FIRST);
    await("the file", () -> Files.exists(file));
    byte[] good = Files.readAllBytes(file);
    Files.delete(file);
    await("the lost file", () -> Files.exists(file));
    Files.write(file, Arrays.copyOf(good, good.length / 2));
    await("the damaged file", () -> Arrays.equals(good, bytesOf(file)));
    market.live(HISTORY, HISTORY + 5);
    awaitSignals(5);
  }

  @Test
  @Tag("I-07")
  void a_file_larger_than_memory_is_not_read_and_restored() throws Exception {
    Path file = fileOf(FIRST);
    await("the file", () -> Files.exists(file));
    byte[] good = Files.readAllBytes(file);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    await("the damaged file", () -> file.toFile().length() == good.length);
    assertThat(bytesOf(file)).isEqualTo(good);
    assertThat(metrics()).contains("bundles_restored_total 2.0");
  }

  @Test
  @Tag("I-07")
  void a_bundle_whose_file_cannot_be_written_decides_from_the_database() throws Exception {
    Path taken = fileOf(SECOND);
    Files.createDirectories(taken.resolve("by a folder"));
    market.adopt(SECOND);
    await("the next model", () -> modelInForce().bundle().version().value().equals(SECOND));
    context.close();
    startService();
    assertThat(modelInForce().bundle().version().value()).isEqualTo(SECOND);
    context.close();
    try (Stream<Path> files = Files.list(taken.getParent())) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  @Test
  @Tag("I-06")
  @Tag("I-07")
  void a_model_whose_file_and_row_are_lost_keeps_deciding_and_that_is_told_once() throws Exception {
    Path file = fileOf(FIRST);
    await("the file", () -> Files.exists(file));
    ModelWatch models = context.getBean(ModelWatch.class);
    byte[] good = market.bundle(FIRST);
    market.sql().sql("update core.model_artifacts set content = 'damaged'").update();
    Files.delete(file);
    await("the refusal", () -> models.refused() != null);
    market.live(HISTORY, HISTORY + 5);
    awaitSignals(5);
    Thread.sleep(1_000);
    assertThat(metrics()).contains("bundles_refused_total 1.0");

    market.sql().sql("delete from core.model_artifacts").update();
    await("the lost row", () -> String.valueOf(models.refused()).contains("core.model_artifacts"));
    assertThat(modelInForce().mode()).isEqualTo(SignalMode.LIVE);

    market
        .sql()
        .sql("insert into core.model_artifacts values (?, 'c', 's', ?)")
        .params(FIRST, good)
        .update();
    await("the file again", () -> Arrays.equals(good, bytesOf(file)));
    await("no refusal", () -> models.refused() == null);
    market.live(HISTORY + 5, HISTORY + 10);
    awaitSignals(10);
    assertThat(market.signals()).isEqualTo(10);
  }

  @Test
  @Tag("I-06")
  void a_bundle_for_symbols_nobody_knows_is_refused_and_the_last_good_model_keeps_deciding()
      throws Exception {
    market.register(
        SECOND,
        SampleBundles.bytes(
            new ModelVersion(SECOND), List.of(Pair.parse("ZZTOP-ZZNADA")), BarInterval.H1),
        "active");
    ModelWatch models = context.getBean(ModelWatch.class);
    await("the refusal", () -> models.refused() != null);
    assertThat(models.refused()).contains("ZZTOP, which is not in instruments.yaml");
    market.live(HISTORY, HISTORY + 10);
    awaitSignals(10);
    assertThat(versionsSeen()).isEqualTo(1);
  }

  private Path fileOf(String version) {
    return servers
        .var()
        .resolve("inference")
        .resolve("models")
        .resolve(BundleFile.nameOf(new ModelVersion(version)));
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  @Test
  @Tag("I-06")
  void a_tampered_bundle_is_refused_and_the_last_good_model_keeps_deciding() throws Exception {
    byte[] tampered = market.bundle(SECOND);
    tampered[tampered.length / 2] ^= 1;
    market.register(SECOND, tampered, "active");
    ModelWatch models = context.getBean(ModelWatch.class);
    await("the refusal", () -> models.refused() != null);
    market.live(HISTORY, HISTORY + 10);
    awaitSignals(10);
    assertThat(versionsSeen()).isEqualTo(1);
    assertThat(metrics()).contains("bundles_refused_total 1.0");
  }

  @Test
  void bad_bars_are_quarantined_with_a_reason_and_good_ones_go_on() throws Exception {
    market.live(HISTORY, HISTORY + 3);
    PairBar next = market.bars().get(HISTORY + 3);
    Bar known = market.bars().get(HISTORY + 2).a();
    market.send("not json");
    market.send("{\"symbol\":\"XAUUSD\"}");
    market.send(bar(next.a(), "-1.0"));
    market.send(bar(next.a(), "NaN"));
    market.send(
        "{\"symbol\":\"NOSUCH\",\"interval\":\"PT1H\",\"ts\":\"2026-01-01T00:00:00Z\",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}");
    market.send(bar(known, String.valueOf(known.low())));
    market.send(market.bars().get(HISTORY + 1).a());
    market.send(known);
    market.live(HISTORY + 3, HISTORY + 10);
    awaitSignals(10);
    assertThat(
            market
                .sql()
                .sql("select reason from core.quarantine order by id")
                .query(String.class)
                .list())
        .hasSize(7)
        .anySatisfy(reason -> assertThat(reason).contains("close -1.0"))
        .anySatisfy(reason -> assertThat(reason).contains("NOSUCH"))
        .anySatisfy(reason -> assertThat(reason).contains("differs"))
        .anySatisfy(reason -> assertThat(reason).contains("not newer"));
    assertThat(metrics())
        .contains("bars_refused_total{reason=\"late\"} 1.0")
        .contains("bars_ignored_total{reason=\"duplicate\"} 1.0");
  }

  private static String bar(Bar bar, String close) {
    return "{\"symbol\":\"%s\",\"interval\":\"PT1H\",\"ts\":\"%s\",\"open\":%s,\"high\":%s,\"low\":%s,\"close\":%s,\"volume\":1}"
        .formatted(bar.symbol(), bar.ts(), bar.open(), bar.high(), bar.low(), close);
  }

  @Test
  void a_bar_without_its_other_leg_is_given_up_and_counted() throws Exception {
    market.send(market.bars().get(HISTORY).a());
    market.live(HISTORY + 1, HISTORY + 4);
    awaitSignals(3);
    assertThat(metrics()).contains("bars_missing_leg_total{pair=\"XAUUSD-XAGUSD\"} 1.0");
    assertThat(market.signals()).isEqualTo(3);
  }

  @Test
  void bars_the_stream_lost_are_taken_from_history_before_the_next_one() throws Exception {
    market.live(HISTORY, HISTORY + 5);
    awaitSignals(5);
    market.history(HISTORY + 5, HISTORY + 8);
    market.send(market.bars().get(HISTORY + 6).a());
    market.live(HISTORY + 8, HISTORY + 9);
    awaitSignals(9);
    assertThat(metrics())
        .contains("signals_caught_up_total 3.0")
        .doesNotContain("bars_missing_leg_total");
    assertThat(
            market
                .sql()
                .sql("select bar_ts from core.signals_live order by created_at, bar_ts")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list())
        .isEqualTo(market.bars().subList(HISTORY, HISTORY + 9).stream().map(PairBar::ts).toList());
  }

  @Test
  void decisions_of_a_read_survive_one_that_cannot_be_stored() throws Exception {
    OffsetDateTime poisoned = market.bars().get(HISTORY + 3).ts().atOffset(ZoneOffset.UTC);
    market
        .sql()
        .sql(
            "alter table core.signals_live add constraint poison check (bar_ts <> '%s')"
                .formatted(poisoned))
        .update();
    market.live(HISTORY, HISTORY + 10);
    awaitSignals(9);
    await(
        "the quarantined decision",
        () ->
            market
                .sql()
                .sql("select source from core.quarantine")
                .query(String.class)
                .list()
                .equals(List.of("decision")));
    assertThat(market.signals()).isEqualTo(9);
  }

  @Test
  void nothing_is_lost_while_redis_or_postgresql_restarts() throws Exception {
    market.live(HISTORY, HISTORY + 20);
    awaitSignals(20);
    servers.stopRedis();
    Thread.sleep(500);
    servers.startRedis();
    market.live(HISTORY + 20, HISTORY + 40);
    awaitSignals(40);
    market.history(HISTORY + 40, HISTORY + 60);
    servers.databaseAway(true);
    for (PairBar bar : market.bars().subList(HISTORY + 40, HISTORY + 60)) {
      market.send(bar.a());
      market.send(bar.b());
    }
    Thread.sleep(1_000);
    servers.databaseAway(false);
    awaitSignals(60);
    assertThat(market.signals()).isEqualTo(60);
  }

  @Test
  @Tag("E-04")
  void pairs_are_shown_and_latency_is_measured() throws Exception {
    market.live(HISTORY, HISTORY + 2);
    awaitSignals(2);
    await("the state", () -> get("/api/v1/pairs/XAUUSD-XAGUSD").statusCode() == 200);
    assertThat(get("/api/v1/pairs/XAUUSD-XAGUSD").body()).contains("\"features\"", "\"z_score\"");
    assertThat(get("/api/v1/pairs").body()).contains(FIRST);
    assertThat(get("/api/v1/pairs/AAA-BBB").statusCode()).isEqualTo(404);
    assertThat(metrics())
        .contains("inference_latency_seconds_bucket")
        .containsPattern("(?m)^inference_latency ");
  }

  private String metrics() {
    return get("/actuator/prometheus").body();
  }

  private HttpResponse<String> get(String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Authorization", "Bearer " + TestServers.ANALYST)
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

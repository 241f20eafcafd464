package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.PairBar;
import io.mlassets.model.ModelType;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.OutputRange;
import io.mlassets.model.OutputRanges;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.testing.SampleMarket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.ConfigurableApplicationContext;

/** Inference before which models are put while bars flow, one after the other. */
abstract class FlowingBars {
  static final int HISTORY = 1_500;
  private static final int LIVE = 2_500;
  static final String FIRST = "20260101_0000";
  static final String SECOND = "20260102_0000";
  static final OutputRange ALL = new OutputRange(199, 1, 0, 0, 1, 1);

  /** No output of AI1 lies there. */
  static final OutputRange NOTHING = new OutputRange(199, 1, 0, 0, 0, 1);

  private TestServers servers;
  LiveMarket market;
  private ConfigurableApplicationContext context;
  int sent = HISTORY;

  @BeforeEach
  void startServers() {
    servers = TestServers.start();
    market = new LiveMarket(servers, HISTORY + LIVE, 11);
    market.history(0, HISTORY);
  }

  @AfterEach
  void stop() {
    context.close();
    servers.close();
  }

  TestServers servers() {
    return servers;
  }

  void startService(int shadowBars, String... more) throws Exception {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("--clock.mode=bars");
    settings.add("--inference.model-check-every=100ms");
    settings.add("--inference.swap.shadow-bars=" + shadowBars);
    context =
        servers.start(
            InferenceApplication.class, "inference", settings.toArray(new String[settings.size()]));
    await("a model in force", () -> inForce() != null);
  }

  void stopService() {
    context.close();
  }

  void restart(int shadowBars) throws Exception {
    stopService();
    startService(shadowBars);
  }

  @Nullable LiveModel inForce() {
    return context.getBean(InferenceLoop.class).model();
  }

  Thresholds thresholdsInForce() {
    return Objects.requireNonNull(inForce()).thresholds();
  }

  boolean decides(String version) {
    LiveModel model = inForce();
    return model != null && model.bundle().version().value().equals(version);
  }

  void register(String version, Thresholds thresholds, OutputRange ai1) {
    OutputRanges ranges =
        new OutputRanges(
            4, new TreeMap<>(Map.of(ModelType.AI1, ai1, ModelType.AI2, ALL, ModelType.AI3, ALL)));
    byte[] zip =
        SampleBundles.bytes(
            new ModelVersion(version),
            List.of(SampleMarket.PAIR),
            market.bars().getFirst().a().interval(),
            thresholds,
            ranges);
    market.register(version, zip, "active");
  }

  /**
   * Registers the second model and waits until its trial has begun, so that it is on known bars.
   */
  void putOnTrial(Thresholds thresholds, OutputRange ai1) throws Exception {
    register(SECOND, thresholds, ai1);
    await("a trial", () -> !metrics().contains("trial_bars_due NaN"));
  }

  void adoptFirst() {
    register(FIRST, new Thresholds(0, 1), ALL);
  }

  /** Bars as they come, one after the other, until it has come about. */
  void flowUntil(String what, BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      assertThat(sent).as("bars sent until " + what).isLessThan(HISTORY + LIVE);
      market.live(sent, sent + 1);
      sent++;
      await("a decision", () -> market.signals() >= sent - HISTORY);
    }
  }

  void flow(int bars) throws Exception {
    int until = sent + bars;
    flowUntil("all of them", () -> sent >= until);
  }

  long count(String from) {
    return market.sql().sql("select count(*) from " + from).query(Long.class).single();
  }

  List<String> texts(String sql) {
    return market.sql().sql(sql).query(String.class).list();
  }

  void assertEveryBarDecidedOnce() {
    List<Instant> decided =
        market
            .sql()
            .sql("select bar_ts from core.signals_live order by created_at, bar_ts")
            .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
            .list();
    assertThat(decided)
        .isEqualTo(market.bars().subList(HISTORY, sent).stream().map(PairBar::ts).toList());
  }

  /** Deals for entries: without any they count as not made. */
  long bookEntries() {
    market
        .sql()
        .sql(
            """
            insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
              pair, symbol, side, lots, price, filled_at, retcode)
            select 'a', extract(epoch from bar_ts), 1, signal_id, mode, action, pair, 'XAUUSD',
              'BUY', 1, 1, bar_ts, 10009
            from core.signals_live where action = 'ENTER' on conflict do nothing
            """)
        .update();
    return count("core.signals_live where action = 'ENTER'")
        - count("core.signals_live where action = 'EXIT'");
  }

  HttpResponse<String> lift(String token) {
    return call(
        request("/api/v1/stepbacks/" + SECOND + "/lift", token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"looked into\"}")));
  }

  HttpResponse<String> get(String path) {
    return call(request(path, TestServers.ANALYST));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  String metrics() {
    return get("/actuator/prometheus").body();
  }

  private HttpRequest.Builder request(String path, String token) {
    String port = context.getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> call(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

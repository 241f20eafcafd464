package io.mlassets.inference.risk;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.inference.InferenceApplication;
import io.mlassets.inference.LiveMarket;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.SignalMode;
import io.mlassets.testing.SampleMarket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("V-04")
class RiskWatchTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int HISTORY = 1_500;
  private static final int COUNTED = 10;
  private static final int RUN_MAX = 3;
  @TempDir private Path config;
  private final List<JsonNode> notices = new CopyOnWriteArrayList<>();
  private TestServers servers;
  private LiveMarket market;
  private RedisSubscription subscription;
  private ConfigurableApplicationContext context;
  private int sent = HISTORY;

  @BeforeEach
  void start() throws Exception {
    servers = TestServers.start();
    market = new LiveMarket(servers, HISTORY + 2_000, 11);
    market.history(0, HISTORY);
    market.adopt("20260101_0000");
    try (var files = Files.list(TestServers.configFolder())) {
      for (Path file : files.toList()) {
        Files.writeString(config.resolve(file.getFileName()), quick(Files.readString(file)));
      }
    }
    subscription =
        new RedisSubscription(
            servers.redis(), (channel, text) -> notices.add(JSON.readTree(text)), "drift");
    subscription.start();
    startService();
  }

  private static String quick(String policies) {
    return policies
        .replace("drift_min_rows:\n  value: 500", "drift_min_rows:\n  value: 3")
        .replace(
            "risk_watch_candidates:\n  value: 200", "risk_watch_candidates:\n  value: " + COUNTED)
        .replace("risk_flag_run_max:\n  value: 100", "risk_flag_run_max:\n  value: " + RUN_MAX);
  }

  private void startService() throws Exception {
    context =
        servers.start(
            InferenceApplication.class,
            "inference",
            "--clock.mode=bars",
            "--config.dir=" + config,
            "--inference.parity.every=0",
            "--inference.model-check-every=200ms");
    MeterRegistry meters = context.getBean(MeterRegistry.class);
    await("a model in force", () -> meters.find("model_swaps_total").counter() != null);
  }

  @AfterEach
  void stop() {
    context.close();
    subscription.close();
    servers.close();
  }

  private void live(int bars) throws Exception {
    market.live(sent, sent + bars);
    sent += bars;
    await("signals", () -> market.signals() >= sent - HISTORY);
  }

  private RiskBook book() {
    return context.getBean(RiskBook.class);
  }

  /** The figures, once they are those of the record: they are told after the commit. */
  private RiskFigures figures() throws Exception {
    await("the record read", () -> book().figures(SampleMarket.PAIR).isPresent());
    await("the record's figures", () -> shownByBook().equals(recorded()));
    return shownByBook();
  }

  private RiskFigures shownByBook() {
    return book().figures(SampleMarket.PAIR).orElseThrow();
  }

  /** Lets bars come until the figures are so. */
  private void liveUntil(Predicate<RiskFigures> so) throws Exception {
    int bars = 0;
    do {
      live(5);
      bars += 5;
    } while (bars < 800 && !so.test(figures()));
    assertThat(figures()).matches(so);
  }

  /** The figures by the record alone. */
  private RiskFigures recorded() {
    List<Boolean> flags =
        market
            .sql()
            .sql(
                """
                select risk_flag = 1 from core.signals_live
                where abs(z_score) >= 2 and abs(z_score) < 5 and bar_ts >=
                  (select max(bar_ts) from core.signals_live) - interval '500 hours'
                  and model_version = (
                    select model_version from core.signals_live order by bar_ts desc limit 1)
                order by bar_ts
                """)
            .query(Boolean.class)
            .list();
    List<Boolean> newest = flags.subList(Math.max(0, flags.size() - COUNTED), flags.size());
    long passed = newest.stream().filter(flag -> !flag).count();
    int run = newest.size() - 1 - newest.lastIndexOf(false);
    return new RiskFigures(
        newest.size(),
        newest.isEmpty() ? null : (double) passed / newest.size(),
        shownByBook().verdict(),
        run);
  }

  private List<String> reasons(String pair) {
    return notices.stream()
        .filter(notice -> notice.toString().contains("risk_flag_run:" + pair + "\""))
        .map(notice -> notice.path("reason").asString())
        .toList();
  }

  @Test
  void figures_are_those_of_the_record_live_and_after_a_restart_and_bounds_are_told()
      throws Exception {
    liveUntil(one -> one.verdict().isAlert());
    assertThat(figures().passRate()).isEqualTo(1);
    await("the notice", () -> reasons("XAUUSD-XAGUSD").contains(shownByBook().verdict().reason()));

    // What is high is refused, what is low passes.
    market.retune(0.6, 0.2);
    await("the other thresholds", this::decidedByOthers);
    liveUntil(one -> one.flagRun() >= RUN_MAX);
    assertThat(book().whole(SignalMode.LIVE)).contains(figures());
    await("the notice of the run", () -> reasons("XAUUSD-XAGUSD").contains("risk_flag_run"));
    await("that of all pairs", () -> reasons("all").contains("risk_flag_run"));

    RiskFigures before = figures();
    context.close();
    startService();
    assertThat(figures()).isEqualTo(before);
    live(20);
    assertThat(figures().candidates()).isPositive();

    market.adopt("20260102_0000");
    await("decisions of another model", this::decidedByAnotherModel);
    live(5);
    assertThat(figures().candidates()).isLessThan(before.candidates());
  }

  private boolean decidedByOthers() {
    return anySignalAfterABar("theta2 = 0.2");
  }

  private boolean decidedByAnotherModel() {
    return anySignalAfterABar("model_version = '20260102_0000'");
  }

  private boolean anySignalAfterABar(String where) {
    market.live(sent, ++sent);
    return market
            .sql()
            .sql("select count(*) from core.signals_live where " + where)
            .query(Long.class)
            .single()
        > 0;
  }

  /** As other tools see it. */
  private @Nullable JsonNode shown() {
    try (Jedis redis = servers.jedis()) {
      String json = redis.hget("pairs.latest", "XAUUSD-XAGUSD");
      return json == null ? null : JSON.readTree(json);
    }
  }

  @Test
  void figures_are_shown_with_the_pair_and_as_gauges() throws Exception {
    liveUntil(one -> one.verdict().isAlert());
    String verdict = figures().verdict().reason();
    await(
        "the figures as others see them",
        () ->
            Objects.requireNonNull(shown())
                .path("risk")
                .path("verdict")
                .asString()
                .equals(verdict));
    JsonNode risk = Objects.requireNonNull(shown()).path("risk");
    assertThat(risk.path("candidates").asInt()).isEqualTo(figures().candidates());
    assertThat(risk.path("pass_rate").asDouble()).isEqualTo(1);
    assertThat(risk.path("flag_run").asInt()).isZero();
    var meters = context.getBean(MeterRegistry.class);
    for (String pair : List.of("XAUUSD-XAGUSD", "all")) {
      await(
          "the gauge of " + pair,
          () ->
              meters.find("live_risk_pass_rate").tags("pair", pair, "mode", "live").gauge()
                  != null);
      assertThat(
              meters.get("live_risk_pass_rate").tags("pair", pair, "mode", "live").gauge().value())
          .isEqualTo(1);
      assertThat(
              meters
                  .get("live_risk_pass_rate_alert")
                  .tags("pair", pair, "mode", "live")
                  .gauge()
                  .value())
          .isEqualTo(1);
      assertThat(meters.get("risk_flag_run").tags("pair", pair, "mode", "live").gauge().value())
          .isZero();
    }
    assertThat(
            meters.get("live_risk_pass_rate").tags("pair", "all", "mode", "shadow").gauge().value())
        .isNaN();
  }
}

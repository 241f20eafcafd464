package io.mlassets.suite.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.suite.bars.MarketChoice;
import io.mlassets.suite.ea.AccountLedger;
import io.mlassets.suite.server.RestClient;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole path on a small market, as an outsider sees it: files, REST, report. */
@Tag("S-01")
@Tag("S-03")
class DemoTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private static final int HISTORY = 16_000;
  private static final int REPLAY = 300;

  /** So short a history proves the default edge to nobody. */
  private static final double STRONG_EDGE = 130;

  private static final String SOME_SIGNALS =
      """
      select s.signal_id, s.action || ' ' || d.outcome
      from core.signals_live s join core.signal_dispatch d using (signal_id)
      where s.action <> 'HOLD' or hashtext(s.signal_id::text) % 16 = 0
      """;

  @TempDir Path var;
  private int expired;

  @Test
  @Timeout(900)
  void bars_become_signals_and_fills_without_loss_and_a_halt_outlives_the_demo() throws Exception {
    JsonNode adopted =
        whileUp(
            STRONG_EDGE,
            report -> {
              assertJournalIsWhatIsBooked("mlassets_1", report);
              assertDecisionsAreTheSameAgain();
              RestClient dispatcher = dispatcher();
              dispatcher.post(
                  "/api/v1/control/halt", JSON.createObjectNode().put("reason", "test"), 200);
            });

    assertComplete(adopted);
    assertThat(adopted.required("verdict").asString()).isEqualTo("adopted");
    assertThat(adopted.required("live_trades").asInt()).isPositive();
    assertThat(adopted.required("bars").asInt()).isEqualTo(4 * (HISTORY + REPLAY));
    JsonNode signals = adopted.required("signals");
    int blocked = signals.required("blocked").asInt();
    assertThat(blocked).isLessThan(signals.required("enter").asInt());
    // Simulated minutes last 25 ms: on a busy machine an entry may expire before it is sent.
    assertThat(signals.required("published").asInt() + blocked)
        .isBetween(2 * REPLAY - expired, 2 * REPLAY);

    JsonNode again =
        whileUp(
            0,
            report -> {
              assertJournalIsWhatIsBooked("mlassets_2", report);
              assertThat(dispatcher().get("/api/v1/control").required("state").asString())
                  .isEqualTo("HALTED");
            });

    assertComplete(again);
    assertThat(again.required("mode").asString()).isEqualTo("shadow");
    assertThat(again.required("verdict").asString()).isNotEqualTo("adopted");
    assertThat(again.required("reasons")).isNotEmpty();
  }

  private static void assertComplete(JsonNode report) {
    assertThat(report.propertyNames())
        .containsExactly(
            "pairs",
            "bars",
            "model_version",
            "verdict",
            "reasons",
            "mode",
            "models",
            "thresholds",
            "backtest",
            "signals",
            "fills",
            "live_trades",
            "latency_ms",
            "duration_s");
    JsonNode signals = report.required("signals");
    assertThat(signals.required("received")).isEqualTo(signals.required("published"));
    for (String type : List.of("AI1", "AI2")) {
      assertThat(report.required("models").required(type).propertyNames())
          .containsExactly("engine", "auc", "auc_se", "brier", "ece", "base_rate", "base_brier");
    }
    assertThat(report.required("models").required("AI3").propertyNames())
        .containsExactly("engine", "rmse", "base_rmse");
    assertThat(report.required("thresholds").propertyNames()).containsExactly("theta1", "theta2");
    assertThat(report.required("backtest").propertyNames())
        .containsExactly(
            "sharpe",
            "sharpe_low",
            "sharpe_high",
            "t_stat",
            "win_rate",
            "mean_pnl",
            "max_drawdown",
            "trades",
            "no_trade_rate");
    boolean traded = report.required("backtest").required("trades").asInt() > 0;
    for (String ratio : List.of("sharpe", "sharpe_low", "sharpe_high", "t_stat")) {
      assertThat(report.required("backtest").required(ratio).isNumber()).isEqualTo(traded);
    }
    assertThat(signals.propertyNames())
        .containsExactly("enter", "exit", "hold", "published", "received", "blocked");
    assertThat(report.required("latency_ms").propertyNames()).containsExactly("p50", "p99", "max");
    assertThat(report.required("duration_s").propertyNames())
        .containsExactly("load", "train", "replay", "total");
    assertThat(report.required("latency_ms").required("p99").asDouble()).isPositive();
  }

  /** Every deal of the account is one row of the tables, and every row one of its deals. */
  private void assertJournalIsWhatIsBooked(String database, JsonNode report) throws Exception {
    String account =
        report.required("mode").asString().equals("live") ? "paper-1" : "shadow-paper-1";
    Path file = var.resolve("ea").resolve(database).resolve(account + ".jsonl");
    Properties endpoints = endpoints();
    try (Connection connection =
        DriverManager.getConnection(
            endpoints.getProperty("database.url"),
            endpoints.getProperty("database.user"),
            endpoints.getProperty("database.password"))) {
      AccountLedger booked = AccountLedger.ofTables(connection);
      AccountLedger journaled = AccountLedger.ofJournal(file);
      // Bars keep coming, so a deal may be on its way.
      for (int i = 0; i < 600 && !booked.equals(journaled); i++) {
        Thread.sleep(100);
        booked = AccountLedger.ofTables(connection);
        journaled = AccountLedger.ofJournal(file);
      }
      assertThat(booked.lines()).isEqualTo(journaled.lines());
    }
  }

  /** Orders with what the dispatcher made of them, and some holds, from bars to the bytes sent. */
  private void assertDecisionsAreTheSameAgain() throws Exception {
    Properties endpoints = endpoints();
    RestClient inference =
        new RestClient(
            endpoints.getProperty("inference.url"), endpoints.getProperty("analyst.token"));
    Map<String, Integer> replayed = new TreeMap<>();
    expired = 0;
    try (Connection connection =
            DriverManager.getConnection(
                endpoints.getProperty("database.url"),
                endpoints.getProperty("database.user"),
                endpoints.getProperty("database.password"));
        ResultSet rows = connection.createStatement().executeQuery(SOME_SIGNALS)) {
      while (rows.next()) {
        JsonNode again = inference.get("/api/v1/signals/" + rows.getString(1) + "/replay");
        assertThat(again.required("same").asBoolean()).as(again.toPrettyString()).isTrue();
        // Inference has no key of the Expert Advisors' documents.
        for (JsonNode check : again.required("checks")) {
          assertThat(check.required("outcome").asString())
              .isEqualTo(check.required("what").asString().equals("seal") ? "not checked" : "same");
        }
        replayed.merge(rows.getString(2), 1, Integer::sum);
        expired += rows.getString(2).endsWith("EXPIRED") ? 1 : 0;
      }
    }
    assertThat(replayed).containsKeys("ENTER PUBLISHED", "EXIT PUBLISHED", "HOLD PUBLISHED");
  }

  private interface Visit {
    void to(JsonNode report) throws Exception;
  }

  /** Runs a demo that stays up, visits it once its report is there, and ends it. */
  private JsonNode whileUp(double edge, Visit visit) throws Exception {
    Path file = Files.createTempFile(var, "report", ".json");
    MarketChoice market =
        new MarketChoice(
            null,
            List.of(Pair.parse("SIM01A/SIM01B"), Pair.parse("SIM02A/SIM02B")),
            BarInterval.M1,
            HISTORY,
            REPLAY,
            11,
            edge);
    Demo demo = new Demo(new DemoOptions(market, 40, false, file, 5), HOME, var, Clock.systemUTC());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread running =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    demo.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (Throwable e) {
                    failure.set(e);
                  }
                });
    try {
      while (Files.size(file) == 0 && running.isAlive()) {
        Thread.sleep(100);
      }
      assertThat(failure.get()).isNull();
      JsonNode report = JSON.readTree(Files.readString(file));
      visit.to(report);
      return report;
    } finally {
      running.interrupt();
      running.join(Duration.ofSeconds(60));
    }
  }

  private RestClient dispatcher() throws Exception {
    Properties endpoints = endpoints();
    return new RestClient(
        endpoints.getProperty("dispatcher.url"), endpoints.getProperty("operator.token"));
  }

  private Properties endpoints() throws IOException {
    Properties endpoints = new Properties();
    try (Reader reader = Files.newBufferedReader(var.resolve("endpoints.properties"))) {
      endpoints.load(reader);
    }
    return endpoints;
  }
}

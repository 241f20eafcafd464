package io.mlassets.inference.replay;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mlassets.inference.InferenceApplication;
import io.mlassets.inference.LiveMarket;
import io.mlassets.inference.replay.Check.Outcome;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decisions of a live run, made again; and what is found when something recorded was changed. */
@Tag("I-09")
class ReplayDecisionTest {
  private static final int HISTORY = 1_500;
  private static final int LIVE = 300;
  private static final int MOST_OF_AN_ACTION = 60;
  private static final String VERSION = "20260101_0000";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Every table something is changed in. */
  private static final List<String> TABLES =
      List.of(
          "core.signals_live",
          "core.live_features",
          "core.decision_states",
          "core.policies",
          "core.model_artifacts",
          "core.bars");

  private static TestServers servers;
  private static LiveMarket market;
  private static ConfigurableApplicationContext context;
  private static ReplayDecision replay;

  /** Bars one by one; each entry is dealt at once, so that it is held until its exit. */
  @BeforeAll
  static void run() throws Exception {
    servers = TestServers.start();
    market = new LiveMarket(servers, HISTORY + LIVE, 11);
    market.history(0, HISTORY);
    market.adopt(VERSION);
    context =
        servers.start(
            InferenceApplication.class,
            "inference",
            "--clock.mode=bars",
            "--inference.model-check-every=200ms");
    await("a model", () -> get("/api/v1/pairs").contains(VERSION));
    for (int bar = 0; bar < LIVE; bar++) {
      market.live(HISTORY + bar, HISTORY + bar + 1);
      int decided = bar + 1;
      await("a decision", () -> market.signals() == decided);
      deal();
    }
    replay =
        new ReplayDecision(
            JdbcClient.create(servers.dataSource("mlassets_analyst")),
            InstrumentCatalogue.read(TestServers.configFolder().resolve("instruments.yaml")),
            SampleBundles.KEY,
            Optional.empty(),
            JSON);
    for (String table : TABLES) {
      sql().sql("create table kept_" + name(table) + " as table " + table).update();
    }
  }

  private static void deal() {
    sql()
        .sql(
            """
            insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
              pair, symbol, side, lots, price, filled_at, retcode)
            select 'a', extract(epoch from bar_ts), 1, signal_id, mode, 'ENTER', pair, 'XAUUSD',
              'BUY', 1, 1, bar_ts, 10009 from core.signals_live where action = 'ENTER'
            on conflict do nothing
            """)
        .update();
  }

  @AfterAll
  static void stop() {
    context.close();
    servers.close();
  }

  @AfterEach
  void restore() {
    for (String table : TABLES) {
      sql().sql("delete from " + table).update();
      sql().sql("insert into " + table + " select * from kept_" + name(table)).update();
    }
  }

  private static String name(String table) {
    return table.substring(table.indexOf('.') + 1);
  }

  private static JdbcClient sql() {
    return market.sql();
  }

  private static Replayed replay(UUID id) {
    return replay.run(id).orElseThrow();
  }

  private static List<UUID> signals(String action) {
    return sql()
        .sql("select signal_id from core.signals_live where action = ? order by bar_ts")
        .param(action)
        .query(UUID.class)
        .list();
  }

  private static UUID last(String action) {
    return signals(action).getLast();
  }

  private static String different(Replayed replayed) {
    assertThat(replayed.same()).isFalse();
    return replayed.differences().stream()
        .map(check -> check.stage() + " " + check.what())
        .toList()
        .toString();
  }

  @Test
  void decisions_of_a_live_run_are_the_same_again_bars_and_entry_included() {
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (String action : List.of("ENTER", "EXIT", "HOLD")) {
      List<UUID> ids = signals(action);
      for (UUID id : ids.subList(Math.max(0, ids.size() - MOST_OF_AN_ACTION), ids.size())) {
        Replayed replayed = replay(id);
        assertThat(replayed.impossible()).isNull();
        assertThat(replayed.differences()).isEmpty();
        assertThat(replayed.same()).isTrue();
        assertThat(replayed.checks())
            .filteredOn(check -> check.outcome() == Outcome.NOT_CHECKED)
            .extracting(Check::again)
            .containsExactly("not dispatched yet");
        seen.merge(action, 1, Integer::sum);
      }
    }
    assertThat(seen).hasSize(3);
    assertThat(replay(last("EXIT")).checks()).extracting(Check::stage).contains("entry", "bars");
  }

  /** One bit: the neighbour of a double, or another letter. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "features sha256, bars z_score|"
            + "update core.live_features set feature_values[1] = feature_values[1] * (1 + 2.3e-16)",
        "state sha256|update core.decision_states set spread[4] = spread[4] * (1 + 2.3e-16)",
        "state sha256|update core.decision_states set bars_held = bars_held + 1",
        "state sha256, entry scale|"
            + "update core.decision_states set entry_scale = entry_scale * (1 + 2.3e-16)",
        "state sha256, row theta1|update core.decision_states set theta1 = theta1 + 0.5",
        "row z_score|update core.signals_live set z_score = z_score * (1 + 2.3e-16)",
        "scores return_prob|update core.signals_live set return_prob = return_prob * (1 + 2.3e-16)",
        "row theta2|update core.signals_live set theta2 = theta2 - 0.0001",
        "row timestamp|update core.signals_live set timestamp = timestamp + interval '1 us'",
        "row policy_hash|update core.signals_live set policy_hash = 'f' || substr(policy_hash, 2)",
        "decision legs|update core.signals_live set legs = jsonb_set(legs, '{0,side}', '\"NONE\"')",
        "decision reason|update core.signals_live set reason = 'Reverted' where action = 'EXIT'",
        "policy sha256|update core.policies set content"
            + " = jsonb_set(content, '{retrain_policy.yaml,cv_folds}', '6')",
        "bars|update core.bars set close = close * (1 + 1e-12), high = high * (1 + 1e-9)",
      })
  void one_changed_bit_is_found_and_named(String named, String change) {
    UUID exit = last("EXIT");
    sql().sql(change).update();

    assertThat(different(replay(exit))).contains(named.split(", "));
  }

  @Test
  void a_changed_bundle_is_found_and_named_and_nothing_is_made_of_it() {
    sql()
        .sql(
            """
            update core.model_artifacts
            set content = set_byte(content, 5000, get_byte(content, 5000) # 1)
            """)
        .update();

    Replayed replayed = replay(last("ENTER"));

    assertThat(different(replayed)).isEqualTo("[bundle sha256]");
    assertThat(replayed.impossible()).startsWith("bundle " + VERSION + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "its features are not in core.live_features|delete from core.live_features",
        "core.decision_states has no row of it|delete from core.decision_states",
        "is not in core.policies|delete from core.policies",
        "retention deletes old ones|delete from core.model_artifacts",
        "its row of core.decision_states: scale 2.0|"
            + "update core.decision_states set entry_scale = 2 where entry_ts is not null",
      })
  void what_is_no_longer_there_is_named_as_the_reason(String reason, String change) {
    UUID exit = last("EXIT");
    sql().sql(change).update();

    Replayed replayed = replay(exit);

    assertThat(replayed.same()).isFalse();
    assertThat(replayed.impossible()).contains(reason);
  }

  @Test
  void without_bars_the_decision_is_still_made_again_and_the_gap_is_told() {
    sql().sql("delete from core.bars").update();

    Replayed replayed = replay(last("EXIT"));

    assertThat(replayed.same()).isTrue();
    assertThat(replayed.checks())
        .filteredOn(check -> check.stage().equals("bars"))
        .extracting(Check::outcome, Check::again)
        .containsExactly(tuple(Outcome.NOT_CHECKED, "core.bars no longer reach back"));
  }

  @Test
  void an_archived_signal_is_found_in_the_history() {
    UUID exit = last("EXIT");
    sql().sql("insert into core.signals_history select * from core.signals").update();
    sql().sql("delete from core.signals_live").update();

    assertThat(replay(exit).same()).isTrue();
  }

  @Test
  void the_command_prints_every_stage_and_its_exit_code_says_whether_all_is_the_same() {
    UUID exit = last("EXIT");

    Ended same = command(exit.toString());
    assertThat(same.code()).isZero();
    assertThat(same.out())
        .contains("EXIT of XAUUSD-XAGUSD", "made again", "every value is the same")
        .contains("features ", "policy ", "bundle ", "scores ", "decision ", "row ", "payload ");

    sql().sql("update core.signals_live set z_score = z_score + 1").update();
    Ended different = command(exit.toString());
    assertThat(different.code()).isEqualTo(1);
    assertThat(different.out()).contains("DIFFERENT: row z_score");

    Ended json = command(exit.toString(), "--json");
    assertThat(json.code()).isEqualTo(1);
    JsonNode read = JSON.readTree(json.out());
    assertThat(read.required("signal_id").asString()).isEqualTo(exit.toString());
    assertThat(read.required("same").asBoolean()).isFalse();
    assertThat(read.required("checks").toString()).contains("\"outcome\":\"DIFFERENT\"");

    sql().sql("delete from core.live_features").update();
    Ended impossible = command(exit.toString());
    assertThat(impossible.code()).isEqualTo(1);
    assertThat(impossible.out()).contains("cannot be made again: its features");

    assertThat(command(new UUID(1, 2).toString()).code()).isEqualTo(1);
    assertThat(command("no-uuid").code()).isEqualTo(2);
    assertThat(command().code()).isEqualTo(2);
  }

  private record Ended(int code, String out) {}

  private static Ended command(String... arguments) {
    var settings = servers.as("mlassets_analyst");
    Map<String, String> properties =
        Map.of(
            "database.url", settings.url(),
            "database.user", settings.user(),
            "database.password", settings.password(),
            "bundle.key", TestServers.BUNDLE_KEY,
            "config.dir", TestServers.configFolder().toString());
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    properties.forEach(System::setProperty);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return new Ended(ReplayDecisionMain.run(arguments), out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void analysts_ask_over_rest() {
    UUID exit = last("EXIT");
    JsonNode replayed = JSON.readTree(get("/api/v1/signals/" + exit + "/replay"));
    assertThat(replayed.required("same").asBoolean()).isTrue();
    assertThat(get("/api/v1/signals/" + new UUID(1, 2) + "/replay")).contains("was not found");
  }

  private static String get(String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                  .header("Authorization", "Bearer " + TestServers.ANALYST)
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

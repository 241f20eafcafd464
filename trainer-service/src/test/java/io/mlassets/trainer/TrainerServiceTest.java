package io.mlassets.trainer;

import static io.mlassets.trainer.RunningTrainer.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.BundleKey;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.trainer.reproduce.KeptInputs;
import io.mlassets.trainer.reproduce.Reproduce;
import io.mlassets.trainer.reproduce.Reproduction;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service from REST to registry, with a training process of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainerServiceTest {
  private static final SmallMarket MARKET = new SmallMarket(3, 4_000, 0.05, 11);
  private static TestServers servers;
  private static RunningTrainer trainer;
  private static JdbcClient database;

  private final JsonMapper json = JsonMapper.builder().build();

  @BeforeAll
  static void startService() {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    trainer = new RunningTrainer(servers);
  }

  @AfterAll
  static void stop() throws Exception {
    trainer.close();
    servers.close();
  }

  @Test
  @Order(1)
  @Tag("T-01")
  void an_empty_database_fails_the_run_and_says_so() throws Exception {
    JsonNode run = trained(body(MARKET, 2));
    assertThat(run.get("status").asString()).isEqualTo("failed");
    assertThat(run.get("error_message").asString()).contains("core.bars is empty");
  }

  @Test
  @Order(2)
  @Tag("T-14")
  @Tag("R-08")
  @Tag("T-13")
  void two_runs_of_one_seed_make_the_same_content_and_fill_every_table() throws Exception {
    MARKET.load(servers.dataSource());
    JsonNode first = trained(body(MARKET, 2));
    assertThat(first.get("status").asString()).as("%s", first).isEqualTo("success");
    assertThat(first.get("request").get("engine").asString()).isEqualTo("both");
    String version = first.get("model_version").asString();
    for (String table :
        List.of(
            "model_artifacts",
            "feature_reference",
            "oof_predictions",
            "backtest_results",
            "model_registry",
            "run_reports")) {
      assertThat(count("core." + table + " where model_version = '" + version + "'"))
          .as(table)
          .isPositive();
    }
    assertThat(count("core.features")).isEqualTo(count("core.oof_predictions"));
    assertThat(count("core.labels")).isEqualTo(count("core.features"));
    assertThat(first.get("resources").get("peak_memory_mib").asLong()).isPositive();
    Path log = Path.of(first.get("log_path").asString());
    assertThat(log)
        .isAbsolute()
        .hasFileName("train-%s.log".formatted(first.get("run_id").asString()));
    assertThat(log).content().contains("ExecuteRun - model " + version + " adopted");

    JsonNode second = trained(body(MARKET, 2));
    assertThat(first.get("verdict").asString()).as("%s", first).isEqualTo("adopted");
    assertThat(second.get("verdict").asString()).isEqualTo("held");
    assertThat(second.get("reasons").get(0).asString()).startsWith("no_new_bars");
    assertThat(second.get("status").asString()).as("%s", second).isEqualTo("success");
    assertThat(hashes()).hasSize(2);
    assertThat(hashes().stream().distinct()).hasSize(1);
  }

  @Test
  @Order(3)
  @Tag("T-14")
  void the_report_of_a_run_is_one_well_formed_page_that_loads_nothing() throws Exception {
    List<String> pages =
        database
            .sql("select html from core.run_reports order by model_version")
            .query(String.class)
            .list();
    for (String page : pages) {
      Document parsed =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(page)));
      // Equity, drawdown, two heat maps, two diagrams each of two models, importance, folds,
      // trials.
      assertThat(parsed.getElementsByTagName("svg").getLength()).isEqualTo(4 + 4 + 3 + 1 + 3);
      assertThat(page).doesNotContain("http", "src=", "<script", "url(", "NaN", "Infinity", "null");
    }
    assertThat(pages.getFirst()).contains("Adopted: this model is now in force", "XGBOOST");
    assertThat(pages.getLast())
        .contains("Held: sound", "There are no bars the model in force has not seen");
  }

  @Test
  @Order(3)
  @Tag("E-01")
  @Tag("E-02")
  void figures_of_a_run_follow_from_the_thresholds_trades_and_scores_stored() {
    new StoredEvidence(database).addsUp(2);
  }

  @Test
  @Order(3)
  @Tag("T-13")
  void a_stored_bundle_is_made_again_byte_for_byte_whatever_the_threads() throws Exception {
    ModelVersion version =
        new ModelVersion(
            database
                .sql("select model_version from core.model_artifacts order by 1 limit 1")
                .query(String.class)
                .single());
    Reproduce reproduce =
        new Reproduce(
            servers.dataSource(),
            trainer.bean(ModelRegistry.class),
            new KeptInputs(database, json),
            BundleKey.of(TestServers.BUNDLE_KEY));
    for (int threads = 1; threads <= 2; threads++) {
      Reproduction again = reproduce.run(version, threads, (stage, percent) -> {});
      assertThat(again.differences()).isEmpty();
      assertThat(again.again()).isEqualTo(again.sha256());
    }
    String bar =
        "where symbol = 'SIM01A' and ts = (select min(ts) + interval '2 days' from core.bars)";
    change("update core.bars set close = close * 1.0001, high = high * 1.001 " + bar);
    Reproduction changed = reproduce.run(version, 2, (stage, percent) -> {});
    change("update core.bars set close = close / 1.0001, high = high / 1.001 " + bar);
    assertThat(changed.isSame()).isFalse();
    assertThat(changed.differences().getFirst()).contains("not those it was trained on");
  }

  private static void change(String sql) {
    assertThat(database.sql(sql).update()).isEqualTo(1);
  }

  @Test
  @Order(3)
  @Tag("R-06")
  void a_second_run_is_refused_and_an_aborted_one_says_so() throws Exception {
    HttpResponse<String> accepted = trainer.send("POST", "", body(MARKET, 500));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String id = json.readTree(accepted.body()).get("run_id").asString();

    HttpResponse<String> second = trainer.send("POST", "", body(MARKET, 2));
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json.readTree(second.body()).get("detail").asString()).contains(id);

    assertThat(trainer.send("DELETE", "/" + id, null).statusCode()).isEqualTo(202);
    assertThat(trainer.send("GET", "/" + id + "/events", null).body())
        .contains("\"stage\":\"aborted\"");
    JsonNode run = json.readTree(trainer.send("GET", "/" + id, null).body());
    assertThat(run.get("status").asString()).isEqualTo("aborted");
    assertThat(run.get("ended_at").isNull()).isFalse();
    assertThat(trainer.send("DELETE", "/" + id, null).statusCode()).isEqualTo(409);
  }

  @Test
  @Order(4)
  void what_no_run_can_be_made_of_is_a_problem_that_names_it() throws Exception {
    assertProblem("{\"pairs\":[\"SIM01A\"],\"interval\":\"PT1M\"}", "SIM01A");
    assertProblem("{\"pairs\":[],\"interval\":\"PT1M\"}", "at least one");
    assertProblem("{\"pairs\":[\"SIM01A-SIM01B\"],\"interval\":\"7 minutes\"}", "7 minutes");
    assertProblem(body(MARKET, 0), "trials");
    assertProblem(body(MARKET, 2).replace("{", "{\"engine\":\"catboost\","), "catboost");
    assertProblem("{\"pairs\":", "body");
  }

  private void assertProblem(String body, String named) throws Exception {
    HttpResponse<String> answer = trainer.send("POST", "", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json.readTree(answer.body()).get("detail").asString()).contains(named);
  }

  @Test
  @Order(5)
  void unknown_symbols_and_too_few_bars_fail_the_run_by_name() throws Exception {
    JsonNode unknown = trained("{\"pairs\":[\"NOSUCH-SIM01B\"],\"interval\":\"PT1M\"}");
    assertThat(unknown.get("error_message").asString()).contains("NOSUCH");
    JsonNode few =
        trained(
            "{\"pairs\":[\"SIM01A-SIM01B\"],\"interval\":\"PT1M\",\"to\":\"2024-01-01T05:00:00Z\"}");
    assertThat(few.get("error_message").asString())
        .contains("SIM01A-SIM01B")
        .contains("300 common");
  }

  @Test
  @Order(6)
  void mutations_need_the_operator() throws Exception {
    assertThat(trainer.send("POST", "", body(MARKET, 2), TestServers.ANALYST).statusCode())
        .isEqualTo(403);
    assertThat(trainer.send("POST", "", body(MARKET, 2), "nobody").statusCode()).isEqualTo(401);
    assertThat(trainer.send("GET", "?size=2", null, TestServers.ANALYST).statusCode())
        .isEqualTo(200);
  }

  @Test
  @Order(7)
  @Tag("O-02")
  void the_duration_of_the_last_run_is_a_gauge_of_its_agreed_name() throws Exception {
    String metrics = trainer.metrics();
    assertThat(metrics).containsPattern("(?m)^retrain_duration(\\{[^}]*})? [0-9.]+");
    assertThat(metrics).contains("retrain_duration_seconds_bucket");
  }

  @Test
  @Order(9)
  @Tag("R-03")
  void a_challenger_meets_the_champion_on_bars_the_champion_has_not_seen() throws Exception {
    String champion = active();
    new SmallMarket(3, 5_500, 0.05, 11).load(servers.dataSource(), 4_000);

    JsonNode run = trained(body(MARKET, 2).replace("{", "{\"engine\":\"xgboost\","));

    assertThat(run.get("status").asString()).as("%s", run).isEqualTo("success");
    assertThat(run.get("request").get("engine").asString()).isEqualTo("xgboost");
    assertThat(
            count(
                "core.training_inputs where engine = 'xgboost' and model_version = '%s'"
                    .formatted(run.get("model_version").asString())))
        .isEqualTo(1);
    assertThat(run.at("/metrics/checks").toString())
        .containsPattern("(Sharpe|AUC) -?[0-9.]+ against -?[0-9.]+")
        .contains("on bars from 2024-01-04T")
        .contains("not seen by champion " + champion);
    boolean adopted = run.get("verdict").asString().equals("adopted");
    String version = run.get("model_version").asString();
    assertThat(active()).isEqualTo(adopted ? version : champion);
    assertThat(rows(champion, adopted ? "archived" : "active")).isEqualTo(3);
    assertThat(rows(version, adopted ? "active" : "rejected")).isEqualTo(3);
  }

  private long rows(String version, String status) {
    return count(
        "core.model_registry where model_version = '%s' and status = '%s'"
            .formatted(version, status));
  }

  private static String active() {
    return database
        .sql("select distinct model_version from core.model_registry where status = 'active'")
        .query(String.class)
        .single();
  }

  private List<String> hashes() {
    return database
        .sql("select content_sha256 from core.model_artifacts")
        .query(String.class)
        .list();
  }

  private long count(String from) {
    return database.sql("select count(*) from " + from).query(Long.class).single();
  }

  /** Starts a run, follows its events to the end and reads its row. */
  private JsonNode trained(String body) throws Exception {
    HttpResponse<String> accepted = trainer.send("POST", "", body);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String id = json.readTree(accepted.body()).get("run_id").asString();
    HttpResponse<String> events = trainer.send("GET", "/" + id + "/events", null);
    assertThat(events.body()).contains("\"percent\":100");
    return json.readTree(trainer.send("GET", "/" + id, null).body());
  }
}

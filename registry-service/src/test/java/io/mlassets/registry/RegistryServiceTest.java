package io.mlassets.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RegistryServiceTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestServers servers;
  private static ConfigurableApplicationContext context;

  @BeforeAll
  static void start() {
    servers = TestServers.start();
    SampleRecords.insert(JdbcClient.create(servers.dataSource()));
    context = servers.start(RegistryApplication.class, "registry");
  }

  @AfterAll
  static void stop() {
    context.close();
    servers.close();
  }

  private static HttpResponse<String> call(String method, String path, String body, String token)
      throws Exception {
    String port = context.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = call("GET", path, "", TestServers.ANALYST);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  @Tag("G-02")
  void models_are_listed_with_filters_and_paging() throws Exception {
    assertThat(get("/models").path("total").asInt()).isEqualTo(3);
    JsonNode page = get("/models?type=AI2&status=archived&size=1");
    assertThat(page.path("items").size()).isEqualTo(1);
    JsonNode model = page.path("items").get(0);
    assertThat(model.path("model_type").asString()).isEqualTo("AI2");
    assertThat(model.path("metrics").path("auc").asDouble()).isEqualTo(0.61);
    assertThat(model.path("params").path("a").asInt()).isEqualTo(1);
    assertThat(get("/models?from=2999-01-01T00:00:00Z").path("total").asInt()).isZero();
    assertThat(get("/models/20260101_0000").size()).isEqualTo(3);
    assertThat(get("/models/compare?versions=20260101_0000").size()).isEqualTo(3);
  }

  @Test
  @Tag("G-02")
  void the_report_of_a_run_is_linked_and_served_as_a_page_that_may_load_nothing() throws Exception {
    String link = get("/models/20260101_0000").get(0).path("report").asString();
    assertThat(link).isEqualTo("/api/v1/models/20260101_0000/report");
    HttpResponse<String> page =
        call("GET", "/models/20260101_0000/report", "", TestServers.ANALYST);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("<!DOCTYPE html><p>Ja</p>");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "sandbox")
        .doesNotContain("script-src");
    assertThat(call("GET", "/models/20260202_0000/report", "", TestServers.ANALYST).statusCode())
        .isEqualTo(404);
  }

  @Test
  @Tag("E-03")
  void runs_trades_and_signals_are_listed() throws Exception {
    assertThat(
            get("/retrain-runs?status=success")
                .path("items")
                .get(0)
                .path("request")
                .path("seed")
                .asInt())
        .isEqualTo(1);
    JsonNode trades = get("/trades?pair=AAA/BBB&size=2&page=1");
    assertThat(trades.path("total").asInt()).isEqualTo(5);
    assertThat(trades.path("items").get(0).path("deal_ticket").asInt()).isEqualTo(3);
    JsonNode signals = get("/signals?pair=AAA-BBB&action=HOLD&mode=live&size=2");
    assertThat(signals.path("total").asInt()).isEqualTo(3);
    assertThat(signals.path("items").get(0).path("policy_hash").asString()).isEqualTo("p");
  }

  @Test
  @Tag("S-03")
  void a_signal_is_listed_with_what_each_account_answered() throws Exception {
    JdbcClient owner = JdbcClient.create(servers.dataSource());
    owner
        .sql(
            """
            with signal as (
              insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
                expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
                theta2, position_scale, action, reason, legs, model_version, policy_hash,
                leverage_reduction)
              values (gen_random_uuid(), 'live', 'EEE-FFF', 'PT1M', now(), now(), now(), 2, 0.8, 0.1,
                'CLOSE_EEE, CLOSE_FFF', 0.8, 0, 0.7, 0.3, 1, 'EXIT', 'x', '[]', '20260101_0000', 'p',
                0.5) returning signal_id),
            outcome as (
              insert into core.signal_outcomes (account, signal_seq, signal_id, mode, epoch, pair,
                action, outcome, reason, at, document)
              select account, 1, signal_id, 'live', 1, 'EEE-FFF', 'EXIT', outcome, 'r', at, document
              from signal, (values
                ('a', 'PARTIAL', timestamptz '2026-01-05 10:01:00.5Z', '{}'),
                ('b', 'SUPERSEDED', null, null)) o (account, outcome, at, document)
              returning account)
            insert into core.leg_outcomes
            select account, 1, leg, case leg when 0 then 'EEE' else 'FFF' end, 'PARTIAL', leg * -0.5
            from outcome, generate_series(0, 1) leg
            """)
        .update();
    JsonNode signal = get("/signals?pair=EEE-FFF").path("items").get(0);
    JsonNode answers = signal.path("answers");
    assertThat(answers.size()).isEqualTo(2);
    assertThat(answers.get(0).path("outcome").asString()).isEqualTo("PARTIAL");
    assertThat(answers.get(0).path("at").asString()).isEqualTo("2026-01-05T10:01:00.500Z");
    assertThat(answers.get(0).path("acknowledged").asBoolean()).isTrue();
    assertThat(answers.get(0).path("legs").get(1).path("symbol").asString()).isEqualTo("FFF");
    assertThat(answers.get(0).path("legs").get(1).path("lots").asDouble()).isEqualTo(-0.5);
    assertThat(answers.get(1).path("at").isNull()).isTrue();
    assertThat(answers.get(1).path("acknowledged").asBoolean()).isFalse();
    assertThat(get("/signals?action=HOLD&size=1").path("items").get(0).path("answers").size())
        .isZero();
  }

  @Test
  @Tag("S-03")
  void a_correction_of_positions_is_listed_among_the_trades_as_what_it_is() throws Exception {
    JdbcClient owner = JdbcClient.create(servers.dataSource());
    owner
        .sql(
            """
            with decision as (
              insert into audit.position_decisions (actor, account, decision, reason)
              values ('operator', 'c', 'adopt', 'x') returning id)
            insert into core.live_trades (account, deal_ticket, signal_seq, mode, action, pair,
              symbol, side, lots, filled_at, retcode, adoption)
            select 'c', -1, 0, 'live', 'ADJUST', 'GGG-HHH', 'GGG', 'BUY', 1, now(), 0, id
            from decision
            """)
        .update();
    JsonNode trade = get("/trades?account=c").path("items").get(0);
    assertThat(trade.path("action").asString()).isEqualTo("ADJUST");
    assertThat(trade.path("price").isNull()).isTrue();
    assertThat(trade.path("adoption").asLong()).isPositive();
  }

  @Test
  @Tag("E-06")
  void analysts_read_performance_risk_scores_and_the_courage_not_to_trade() throws Exception {
    assertThat(row("model-performance").path("ai2_auc").asDouble()).isEqualTo(0.61);
    assertThat(row("retraining").path("status").asString()).isEqualTo("success");
    JsonNode run = row("retraining");
    assertThat(run.path("seconds").asDouble()).as("waiting for a retry is none").isEqualTo(90.5);
    assertThat(run.path("gpus").asInt(-1)).isZero();
    assertThat(run.path("peak_memory_mib").asInt()).isEqualTo(612);
    assertThat(run.path("threads").asInt()).isEqualTo(2);
    JsonNode day = row("signals-daily?from=2000-01-01T00:00:00Z");
    assertThat(day.path("signals").asInt()).isBetween(1, 3);
    assertThat(day.path("risk_flag_rate").asDouble()).isZero();
    assertThat(row("risk-scores").path("from_score").asDouble()).isEqualTo(0.1);
    JsonNode refused = row("no-trade-daily");
    assertThat(refused.path("wanted").asInt()).isEqualTo(4);
    assertThat(refused.path("no_trade_rate").asDouble()).isEqualTo(0.75);
    JsonNode leg = get("/analytics/leg-results?to=2026-01-03T00:00:00Z").path("items").get(0);
    assertThat(leg.path("price_return").asDouble()).isEqualTo(-0.25);
    assertThat(leg.path("lots").asDouble()).isEqualTo(3);
    assertThat(call("GET", "/analytics/none", "", TestServers.ANALYST).statusCode()).isEqualTo(404);
  }

  private static JsonNode row(String view) throws Exception {
    return get("/analytics/" + view).path("items").get(0);
  }

  @Test
  @Tag("P-02")
  void the_policies_in_force_and_where_they_came_from_are_on_record() throws Exception {
    JsonNode policy = get("/policies").path("items").get(0);
    assertThat(policy.path("in_force").asBoolean()).isTrue();
    assertThat(policy.path("content").path("core_policy.yaml").path("theta_step").asDouble())
        .isEqualTo(0.01);
    JsonNode changes = get("/config-changes?size=1000");
    assertThat(changes.path("items").findValuesAsString("key"))
        .contains("theta1_initial", "retrain_cron");
  }

  @Test
  @Tag("G-03")
  void a_bundle_that_does_not_verify_is_not_activated() throws Exception {
    HttpResponse<String> refused =
        call(
            "POST",
            "/models/20260101_0000/activate",
            "{\"reason\":\"test\"}",
            TestServers.OPERATOR);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("cannot be used");
    assertThat(get("/models?status=active").path("total").asInt()).isZero();
  }

  @Test
  void activation_needs_the_operator_and_a_reason() throws Exception {
    assertThat(
            call(
                    "POST",
                    "/models/20260101_0000/activate",
                    "{\"reason\":\"x\"}",
                    TestServers.ANALYST)
                .statusCode())
        .isEqualTo(403);
    assertThat(
            call(
                    "POST",
                    "/models/20260101_0000/activate",
                    "{\"reason\":\"\"}",
                    TestServers.OPERATOR)
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/models?type=AI9",
        "/models?status=great",
        "/models/today",
        "/models?page=-1",
        "/models?size=0",
        "/models?from=yesterday",
        "/signals?pair=XAU",
        "/signals?action=BUY",
        "/signals?mode=paper",
        "/trades?mode=paper",
        "/retrain-runs?status=done",
        "/retrain-runs?verdict=maybe",
        "/models/compare?versions=",
        "/models/metrics-history",
        "/models?scope=%00",
        "/trades?size=100000"
      })
  void a_bad_parameter_is_named(String path) throws Exception {
    HttpResponse<String> answer = call("GET", path, "", TestServers.ANALYST);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  @Test
  void what_is_not_there_is_not_found() throws Exception {
    assertThat(call("GET", "/models/20990101_0000", "", TestServers.ANALYST).statusCode())
        .isEqualTo(404);
    assertThat(call("GET", "/models/20990101_0000/artifact", "", TestServers.ANALYST).statusCode())
        .isEqualTo(404);
  }
}

package io.mlassets.validator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.validator.RunningValidator;
import io.mlassets.validator.RunningValidator.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DriftServiceTest {
  private static final String VERSION = "20260201_0300";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static RunningValidator validator;

  @BeforeAll
  static void start() {
    validator = new RunningValidator();
  }

  @AfterAll
  static void stop() {
    validator.close();
  }

  @BeforeEach
  void clear() {
    validator.clear();
  }

  private static Answer check() {
    return validator.post(TestServers.OPERATOR, "/api/v1/drift/check", "");
  }

  private static JsonNode feature(JsonNode report, String name) {
    for (JsonNode row : report.get("features").get("items")) {
      if (row.get("feature").asString().equals(name)) {
        return row;
      }
    }
    throw new AssertionError("no row of " + name + " in " + report);
  }

  private static LiveHistory history(String status) {
    validator.model(VERSION, status);
    return new LiveHistory(validator, VERSION, status.equals("active") ? "live" : "shadow");
  }

  @Test
  @Tag("V-02")
  void a_moved_feature_is_found_with_its_numbers_and_the_others_are_not() {
    LiveHistory live = history("active");
    double[] sample = live.reference();
    live.bars(600, 2.5, "atr_ratio", 1.5);
    live.bars(300, 1.0, "atr_ratio", -40); // no candidates: not the kind of row trained on
    JsonNode report = check().body();
    assertThat(report.get("features").get("total").asLong())
        .isEqualTo(FeatureSchema.current().size());
    JsonNode moved = feature(report, "atr_ratio");
    assertThat(moved.get("drifted").asBoolean()).isTrue();
    assertThat(moved.get("live_rows").asLong()).isEqualTo(600);
    double[] values = live.candidates("atr_ratio");
    double mean = Arrays.stream(values).average().orElseThrow();
    assertThat(moved.get("mean_shift").asDouble())
        .isCloseTo(DriftOracle.shift(sample, mean), within(1e-9));
    assertThat(moved.get("psi").asDouble())
        .isCloseTo(DriftOracle.psi(sample, values), within(1e-9));
    assertThat(validator.count("core.feature_drift where drifted")).isEqualTo(1);
  }

  @Test
  @Tag("V-02")
  void drift_is_told_on_redis_and_the_trainer_is_asked_once_for_a_version() throws Exception {
    LiveHistory live = history("active");
    live.reference();
    live.bars(600, -2.5, "vol_jump", 2);
    try (Heard heard = new Heard(validator.servers, "drift", "retrain.requests")) {
      check();
      check();
      List<Map.Entry<String, String>> messages = heard.waitFor(5);
      JsonNode drift = JSON.readTree(first(messages, "drift"));
      assertThat(drift.get("kind").asString()).isEqualTo("feature");
      assertThat(drift.get("drifted").asBoolean()).isTrue();
      assertThat(drift.get("measures").get(0).get("name").asString()).isEqualTo("psi:vol_jump");
      JsonNode request = JSON.readTree(first(messages, "retrain.requests"));
      assertThat(request.get("reason").asString()).isEqualTo("feature_drift");
      assertThat(request.get("detail").asString()).contains(VERSION).contains("vol_jump");
      assertThat(messages.stream().filter(m -> m.getKey().equals("retrain.requests"))).hasSize(1);
    }
  }

  private static String first(List<Map.Entry<String, String>> messages, String channel) {
    return messages.stream()
        .filter(message -> message.getKey().equals(channel))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  @Tag("V-02")
  void a_request_nobody_heard_is_repeated() throws Exception {
    LiveHistory live = history("active");
    live.reference();
    live.bars(600, 2.5, "beta", 3);
    check();
    assertThat(validator.count("core.retrain_requests")).isZero();
    try (Heard heard = new Heard(validator.servers, "retrain.requests")) {
      check();
      assertThat(heard.waitFor(1)).hasSize(1);
    }
    assertThat(validator.count("core.retrain_requests")).isEqualTo(1);
  }

  @Test
  @Tag("V-02")
  void a_few_rows_far_away_are_measured_but_not_judged() {
    LiveHistory live = history("active");
    live.reference();
    live.bars(40, 2.5, "beta", 3);
    JsonNode row = feature(check().body(), "beta");
    assertThat(row.get("psi").asDouble()).isGreaterThan(0.25);
    assertThat(row.get("drifted").asBoolean()).isFalse();
  }

  @Test
  @Tag("V-03")
  void a_live_win_rate_far_below_the_backtests_is_model_drift() throws Exception {
    LiveHistory live = history("active");
    live.backtest(0.65);
    live.roundTrips(16, 24);
    try (Heard heard = new Heard(validator.servers, "retrain.requests")) {
      JsonNode row = check().body().get("models").get("items").get(0);
      assertThat(row.get("trades").asInt()).isEqualTo(40);
      assertThat(row.get("live_win_rate").asDouble()).isEqualTo(0.4);
      assertThat(row.get("gap").asDouble()).isCloseTo(0.25, within(1e-12));
      assertThat(row.get("p_value").asDouble())
          .isCloseTo(DriftOracle.binomial(40, 16, 0.65), within(1e-9));
      assertThat(row.get("drifted").asBoolean()).isTrue();
      assertThat(heard.waitFor(1).getFirst().getValue()).contains("model_drift");
    }
  }

  @Test
  @Tag("V-03")
  void ten_unlucky_trades_are_not_model_drift() {
    LiveHistory live = history("active");
    live.backtest(0.65);
    live.roundTrips(3, 7);
    JsonNode row = check().body().get("models").get("items").get(0);
    assertThat(row.get("gap").asDouble()).isGreaterThan(0.15);
    assertThat(row.get("drifted").asBoolean()).isFalse();
  }

  @Test
  @Tag("V-03")
  void shadow_trades_are_judged_apart_and_never_ask_for_a_retrain() throws Exception {
    LiveHistory shadow = history("rejected");
    shadow.backtest(0.65);
    shadow.roundTrips(10, 40);
    try (Heard heard = new Heard(validator.servers, "drift", "retrain.requests")) {
      JsonNode row = check().body().get("models").get("items").get(0);
      assertThat(row.get("mode").asString()).isEqualTo("shadow");
      assertThat(row.get("drifted").asBoolean()).isTrue();
      assertThat(heard.waitFor(1)).extracting(Map.Entry::getKey).containsOnly("drift");
    }
    assertThat(validator.text("/actuator/prometheus"))
        .contains("live_win_rate{mode=\"shadow\"} 0.2")
        .contains("live_win_rate{mode=\"live\"} NaN");
  }

  @Test
  @Tag("V-04")
  void the_risk_pass_rate_is_stored_and_shown() {
    LiveHistory live = history("active");
    live.reference();
    live.bars(600, 2.5, "beta", 0);
    JsonNode risk = check().body().get("risk_pass_rates").get("items").get(0);
    double rate =
        validator
            .owner
            .sql("select avg((risk_score < 0.3)::int)::float8 from core.signals_live")
            .query(Double.class)
            .single();
    assertThat(risk.get("pass_rate").asDouble()).isCloseTo(rate, within(1e-12));
    assertThat(risk.get("verdict").asString()).isEqualTo("within");
    assertThat(validator.text("/actuator/prometheus"))
        .contains("risk_pass_rate{mode=\"live\"} " + rate)
        .contains("psi_max{mode=\"live\"}")
        .contains("mean_shift_max{mode=\"live\"}")
        .contains("backtest_win_rate{mode=\"live\"} NaN");
  }

  @Test
  @Tag("E-02")
  void the_no_trade_rate_is_the_share_ai2_refused_of_what_ai1_wanted_and_warns_outside_its_range() {
    LiveHistory live = history("active");
    live.reference();
    live.bars(300, 2.5, "beta", 0);
    live.wanted(50, 150);
    check();
    assertThat(validator.text("/actuator/prometheus"))
        .contains("no_trade_rate{mode=\"live\"} 0.75")
        .contains("no_trade_rate_alert{mode=\"live\"} 0.0")
        .contains("no_trade_rate{mode=\"shadow\"} NaN");
    live.wanted(0, 1_000);
    check();
    assertThat(validator.text("/actuator/prometheus"))
        .contains("no_trade_rate_alert{mode=\"live\"} 1.0");
  }

  @Test
  @Tag("V-04")
  void bars_beyond_the_stop_are_no_candidates() {
    LiveHistory live = history("active");
    live.reference();
    live.bars(600, 2.5, "beta", 0);
    live.bars(100, 5.0, "beta", 0);
    live.bars(100, -7.5, "beta", 0);
    JsonNode risk = check().body().get("risk_pass_rates").get("items").get(0);
    assertThat(risk.get("candidates").asInt()).isEqualTo(600);
  }

  @Test
  @Tag("V-01")
  void a_new_schema_is_compared_once_and_told() throws Exception {
    history("active");
    validator.schema("new", List.of("z_score", "news"), null);
    try (Heard heard = new Heard(validator.servers, "drift")) {
      check();
      check();
      JsonNode notice = JSON.readTree(heard.waitFor(1).getFirst().getValue());
      assertThat(notice.get("kind").asString()).isEqualTo("schema");
      assertThat(notice.get("drifted").asBoolean()).isTrue();
    }
    assertThat(validator.count("core.schema_diffs")).isEqualTo(1);
    assertThat(validator.text("/actuator/prometheus")).contains("schema_compatible 0.0");
  }

  @Test
  void measurements_are_filtered_and_paged() {
    LiveHistory live = history("active");
    live.reference();
    live.bars(50, 2.5, "beta", 0);
    check();
    check();
    JsonNode page =
        validator
            .get(
                TestServers.ANALYST,
                "/api/v1/drift?feature=beta&pair=all&model_version=" + VERSION + "&size=1&page=1")
            .body();
    assertThat(page.get("features").get("total").asLong()).isEqualTo(2);
    assertThat(page.get("features").get("items").size()).isEqualTo(1);
    assertThat(page.get("models").get("total").asLong()).isZero();
    JsonNode none =
        validator.get(TestServers.ANALYST, "/api/v1/drift?to=2020-01-01T00:00:00Z").body();
    assertThat(none.get("features").get("total").asLong()).isZero();
    assertThat(none.get("models").get("total").asLong()).isZero();
  }

  @Test
  void a_query_that_makes_no_sense_is_a_problem_that_names_it() {
    for (String query :
        List.of(
            "model_version=x",
            "pair=x",
            "from=yesterday",
            "size=0",
            "page=-1",
            "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")) {
      Answer answer = validator.get(TestServers.ANALYST, "/api/v1/drift?" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.body().get("detail").asString()).as(query).isNotBlank();
    }
    assertThat(validator.get(null, "/api/v1/drift").status()).isEqualTo(401);
    assertThat(validator.post(TestServers.ANALYST, "/api/v1/drift/check", "").status())
        .isEqualTo(403);
    assertThat(check().status()).isEqualTo(404); // nothing was ever trained
  }
}

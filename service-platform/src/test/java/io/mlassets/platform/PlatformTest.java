package io.mlassets.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.platform.database.CopyLine;
import io.mlassets.platform.database.CopyRows;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.observe.WatchedDuration;
import io.mlassets.platform.testapp.SmallApplication;
import io.mlassets.platform.testing.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class PlatformTest {
  private static TestServers servers;
  private static ConfigurableApplicationContext context;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    servers = TestServers.start();
    context = servers.startAs("mlassets_trainer", SmallApplication.class, "platformtest");
  }

  @AfterAll
  static void stop() {
    context.close();
    servers.close();
  }

  private static HttpResponse<String> call(
      String method, String path, @Nullable String token, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:"
                        + context.getEnvironment().getProperty("local.server.port")
                        + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void without_a_token_nothing_is_read() throws Exception {
    HttpResponse<String> answer = call("GET", "/api/v1/echo", null, "");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(call("GET", "/api/v1/echo", "wrong-token-0123456789", "").statusCode())
        .isEqualTo(401);
  }

  @Test
  void an_analyst_reads_but_does_not_change() throws Exception {
    assertThat(call("GET", "/api/v1/echo", TestServers.ANALYST, "").statusCode()).isEqualTo(200);
    HttpResponse<String> refused =
        call("POST", "/api/v1/echo", TestServers.ANALYST, "{\"count\":1}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("operator");
  }

  @Test
  void an_operator_changes() throws Exception {
    assertThat(call("POST", "/api/v1/echo", TestServers.OPERATOR, "{\"count\":1}").body())
        .isEqualTo("{\"count\":1}");
  }

  @Test
  void every_error_is_a_problem_that_says_what_was_wrong() throws Exception {
    assertProblem(call("GET", "/api/v1/echo?page=x", TestServers.ANALYST, ""), 400, "page");
    assertProblem(call("GET", "/api/v1/echo?page=-1", TestServers.ANALYST, ""), 400, "page -1");
    assertProblem(call("POST", "/api/v1/echo", TestServers.OPERATOR, "{\"count\":"), 400, "body");
    assertProblem(
        call("POST", "/api/v1/echo", TestServers.OPERATOR, "{\"count\":404}"), 404, "thing");
    assertProblem(
        call("POST", "/api/v1/echo", TestServers.OPERATOR, "{\"count\":409}"), 409, "already");
    assertProblem(call("GET", "/api/v1/nothing", TestServers.ANALYST, ""), 404, "nothing");
    HttpResponse<String> unexpected =
        call("POST", "/api/v1/echo", TestServers.OPERATOR, "{\"count\":500}");
    assertProblem(unexpected, 500, "unexpected");
    assertThat(unexpected.body()).doesNotContain("secret detail");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String says) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains(says);
  }

  @Test
  @Tag("O-02")
  void watched_durations_show_under_their_exact_names() throws Exception {
    new WatchedDuration(context.getBean(MeterRegistry.class), "inference_latency", "Latency")
        .record(Duration.ofMillis(250));
    String page = call("GET", "/actuator/prometheus", null, "").body();
    assertThat(page).containsPattern("(?m)^inference_latency(\\{[^}]*\\})? 0.25$");
    assertThat(page).containsPattern("(?m)^inference_latency_seconds_bucket\\{");
    assertThat(page).contains("problems_total");
  }

  @Test
  void health_and_api_description_are_open() throws Exception {
    assertThat(call("GET", "/actuator/health/readiness", null, "").body()).contains("\"UP\"");
    assertThat(call("GET", "/actuator/health/liveness", null, "").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/v3/api-docs", null, "").body()).contains("/api/v1/echo");
  }

  @Test
  void copied_rows_are_read_back_to_the_last_bit() {
    double price = 1547.5900000000001;
    context
        .getBean(CopyRows.class)
        .into(
            "core.feature_reference (model_version, feature, edges, counts, mean, sd, rows)",
            IntStream.range(0, 100)
                .mapToObj(
                    i ->
                        new CopyLine()
                            .text("20260101_0000")
                            .text("a\tb\\" + i)
                            .numbers(new double[] {price, Double.NaN})
                            .text("{1}")
                            .number(Math.PI)
                            .number(Double.MIN_VALUE)
                            .number(7L)));
    JdbcClient jdbc = context.getBean(JdbcClient.class);
    assertThat(
            jdbc.sql("select edges[1] from core.feature_reference where feature = 'a\tb\\5'")
                .query(Double.class)
                .single())
        .isEqualTo(price);
    assertThat(
            jdbc.sql("select count(*) from core.feature_reference where sd = 4.9e-324")
                .query(Long.class)
                .single())
        .isEqualTo(100L);
  }

  @Test
  void a_role_cannot_write_the_table_of_another() {
    JdbcClient jdbc = context.getBean(JdbcClient.class);
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "insert into core.trading_state (state, reason, actor, changed_at) values"
                            + " ('ACTIVE', 'x', 'x', now())")
                    .update())
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @Test
  void what_is_refused_is_kept_with_its_reason() {
    context.getBean(Quarantine.class).refuse("test", "not a number", "{\"x\":\u0000}");
    assertThat(
            context
                .getBean(JdbcClient.class)
                .sql("select payload from core.quarantine where reason = 'not a number'")
                .query(String.class)
                .single())
        .startsWith("{\"x\":");
    assertThat(context.getBean(MeterRegistry.class).get("quarantined_total").counter().count())
        .isPositive();
  }
}

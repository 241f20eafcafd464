package io.mlassets.trainer;

import static io.mlassets.trainer.TunableModel.OWN;
import static io.mlassets.trainer.TunableModel.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Thresholds;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.platform.testing.Listening;
import io.mlassets.platform.testing.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Re-tuning from REST and schedule to the registry, on real PostgreSQL and Redis. */
@Tag("R-04")
class RetuneServiceTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();
  private TestServers servers;
  private JdbcClient database;
  @TempDir private Path config;

  @BeforeEach
  void startServers() throws Exception {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    try (var files = Files.list(TestServers.configFolder())) {
      for (Path file : files.toList()) {
        String text =
            Files.readString(file)
                .replace("value: [0.05, 0.40]", "value: [0.30, 0.70]")
                .replace("drift_min_rows:\n  value: 500", "drift_min_rows:\n  value: 50");
        Files.writeString(config.resolve(file.getFileName()), text);
      }
    }
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private ConfigurableApplicationContext trainer() {
    return servers.start(
        TrainerApplication.class,
        "trainer",
        "--log.dir=" + servers.var(),
        "--config.dir=" + config,
        "--training.poll=PT1S");
  }

  @Test
  @Tag("V-04")
  void an_operators_retuning_restores_the_pass_rate_in_registry_audit_and_notice()
      throws Exception {
    MARKET.load(servers.dataSource());
    TunableModel.adopt(database, MARKET.pairs());
    try (ConfigurableApplicationContext context = trainer();
        Listening notices = new Listening(servers, "models")) {
      assertThat(send(context, "POST", "/api/v1/retune", TestServers.ANALYST).statusCode())
          .isEqualTo(403);

      JsonNode run = retuned(context);

      assertThat(run.path("verdict").asString("")).as("%s", run).isEqualTo("adopted");
      assertThat(run.path("model_version").asString()).isEqualTo(VERSION);
      assertThat(run.path("old_theta2").asDouble()).isEqualTo(0.25);
      assertThat(run.path("reasons").get(0).asString())
          .startsWith("pass_rate_left_range: 0.000 of");
      assertThat(run.path("figures").path("pass_rate").asDouble(-1)).isZero();
      assertThat(run.path("figures").path("restoring").path("pass_rate").asDouble())
          .isBetween(0.3, 0.7);
      Thresholds next =
          new Thresholds(run.path("new_theta1").asDouble(), run.path("new_theta2").asDouble());
      assertThat(next.theta1()).isEqualTo(0.7);
      assertThat(next.theta2()).isBetween(0.3, 0.45);
      assertThat(thresholds()).containsExactly(next);
      assertThat(
              database
                  .sql("select content_sha256 from core.model_artifacts")
                  .query(String.class)
                  .single())
          .isEqualTo("content");

      Patience.until("a notice", () -> !notices.messages.isEmpty());
      assertThat(notices.messages.getFirst()).contains(VERSION, "\"mode\":\"live\"");

      Map<String, Object> change =
          database
              .sql(
                  """
                  select actor, object, key, old_value ->> 'theta2' as before,
                    new_value ->> 'theta2' as after, reason
                  from audit.config_changes where object = 'model_registry'
                  """)
              .query()
              .singleRow();
      assertThat(change)
          .containsEntry("actor", "trainer, rest")
          .containsEntry("key", "thresholds:all")
          .containsEntry("before", "0.25")
          .containsEntry("after", String.valueOf(next.theta2()));
      assertThat(change.get("reason").toString()).contains(run.path("run_id").asString(), VERSION);

      JsonNode again = retuned(context);
      assertThat(again.path("verdict").asString()).as("%s", again).isEqualTo("held");
      assertThat(again.path("reasons").toString()).contains("pass_rate_within_range");
      assertThat(again.path("new_theta1").isNull()).isTrue();
      assertThat(thresholds()).containsExactly(next);
      assertThat(send(context, "GET", "/actuator/prometheus", TestServers.ANALYST).body())
          .contains(
              "retunes_total{outcome=\"adopted\"} 1.0", "retunes_total{outcome=\"held\"} 1.0");
      JsonNode list =
          json.readTree(send(context, "GET", "/api/v1/retune", TestServers.ANALYST).body());
      assertThat(list.path("items").size()).isEqualTo(2);
    }
  }

  @Test
  void without_a_model_it_is_held_and_without_its_bars_it_fails_by_name() throws Exception {
    try (ConfigurableApplicationContext context = trainer()) {
      assertThat(retuned(context).path("reasons").toString()).contains("no_active_model");
      TunableModel.adopt(database, MARKET.pairs());
      JsonNode failed = retuned(context);
      assertThat(failed.path("status").asString()).isEqualTo("failed");
      assertThat(failed.path("error_message").asString()).contains("core.bars is empty");
      assertThat(thresholds()).containsExactly(OWN);
    }
  }

  @Test
  void thresholds_that_changed_meanwhile_are_not_overwritten() {
    TunableModel.adopt(database, MARKET.pairs());
    try (ConfigurableApplicationContext context = trainer()) {
      ModelRegistry registry = context.getBean(ModelRegistry.class);
      RegisteredModel now = registry.active("all").orElseThrow();
      assertThat(now.thresholds()).isEqualTo(OWN);
      RegisteredModel before =
          new RegisteredModel(
              now.version(),
              now.scope(),
              now.contentSha256(),
              now.artifactPath(),
              new Thresholds(0.7, 0.24));
      Runnable unwanted =
          () -> {
            throw new AssertionError("nothing may commit with it");
          };
      assertThat(registry.retune(before, new Thresholds(0.8, 0.4), unwanted)).isFalse();
      assertThat(thresholds()).containsExactly(OWN);
    }
  }

  @Test
  void a_slot_two_replicas_see_is_retuned_once_also_when_the_one_that_began_it_died()
      throws Exception {
    try (ConfigurableApplicationContext one = trainer();
        ConfigurableApplicationContext two = trainer()) {
      assertThat(one).isNotSameAs(two);
      Instant slot = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      makeDue(slot);
      awaitSuccess(slot);
      assertThat(runs(slot)).isEqualTo(1);

      Instant interrupted = Instant.parse("2026-01-05T03:30:00Z");
      database
          .sql(
              """
              insert into audit.theta_runs (run_id, started_at, status, trigger, slot)
              values (gen_random_uuid(), now(), 'running', 'cron', ?)
              """)
          .param(Timestamp.from(interrupted))
          .update();
      makeDue(interrupted);
      awaitSuccess(interrupted);
      makeDue(interrupted);
      TimeUnit.SECONDS.sleep(3);
      assertThat(runs(interrupted)).isEqualTo(1);
      assertThat(database.sql("select count(*) from audit.theta_runs").query(Long.class).single())
          .isEqualTo(2);
    }
  }

  private void makeDue(Instant slot) throws Exception {
    Patience.until(
        "a re-tuning that is planned",
        () ->
            database
                    .sql(
                        """
                        update audit.scheduled_tasks set execution_time = ?
                        where task_name = 'retune' and not picked
                        """)
                    .param(Timestamp.from(slot))
                    .update()
                == 1);
  }

  private void awaitSuccess(Instant slot) throws Exception {
    Patience.until(
        "a verdict of slot " + slot,
        () ->
            database
                    .sql(
                        """
                        select count(*) from audit.theta_runs
                        where slot = ? and status = 'success'
                        """)
                    .param(Timestamp.from(slot))
                    .query(Long.class)
                    .single()
                == 1);
  }

  private long runs(Instant slot) {
    return database
        .sql("select count(*) from audit.theta_runs where slot = ?")
        .param(Timestamp.from(slot))
        .query(Long.class)
        .single();
  }

  private List<Thresholds> thresholds() {
    return database
        .sql("select distinct theta1, theta2 from core.model_registry")
        .query((row, n) -> new Thresholds(row.getDouble(1), row.getDouble(2)))
        .list();
  }

  /** Starts a re-tuning and waits for its end. */
  private JsonNode retuned(ConfigurableApplicationContext context) throws Exception {
    HttpResponse<String> accepted = send(context, "POST", "/api/v1/retune", TestServers.OPERATOR);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String id = json.readTree(accepted.body()).path("run_id").asString();
    return Patience.await(
        "the end of re-tuning " + id,
        () ->
            Optional.of(
                    json.readTree(
                        send(context, "GET", "/api/v1/retune/" + id, TestServers.ANALYST).body()))
                .filter(run -> !run.path("status").asString().equals("running")));
  }

  private HttpResponse<String> send(
      ConfigurableApplicationContext context, String method, String path, String token)
      throws Exception {
    int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}

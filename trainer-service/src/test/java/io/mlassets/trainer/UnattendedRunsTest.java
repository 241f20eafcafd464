package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import redis.clients.jedis.Jedis;

/** Runs nobody watches: by the schedule, on request over Redis, and again after a failure. */
class UnattendedRunsTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);
  private static final String REQUEST =
      """
      {"source": "feature-validator", "reason": "model_drift", "detail": "win rate fell",
       "requested_at": "2026-01-01T00:00:00Z"}
      """;

  @TempDir Path config;
  private TestServers servers;
  private JdbcClient database;

  @BeforeEach
  void startServers() throws IOException {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    try (var files = Files.list(TestServers.configFolder())) {
      for (Path file : files.toList()) {
        Files.copy(file, config.resolve(file.getFileName()));
      }
    }
    policy("search_trials", 2);
    // What pairs an unattended run takes without a model in force.
    insertSuccessfulRun();
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  @Test
  @Tag("R-06")
  void a_failed_run_on_request_is_tried_twice_more_and_then_failed() throws Exception {
    policy("retrain_retry_delay_minutes", 0);
    try (var service = trainer()) {
      assertThat(service.isRunning()).isTrue();
      publishRequest();

      Map<String, Object> run = await(row -> row.get("status").equals("failed"));

      assertThat(run).containsEntry("trigger", "request").containsEntry("retry_count", 2);
      assertThat(run.get("error_message").toString()).contains("core.bars is empty");
      assertThat(run.get("request").toString()).contains("model_drift", "win rate fell");
      assertThat(rows()).hasSize(1);
    }
  }

  @Test
  @Tag("R-06")
  void a_run_that_waits_for_its_retry_is_taken_up_by_the_next_process() throws Exception {
    try (var service = trainer()) {
      assertThat(service.isRunning()).isTrue();
      publishRequest();
      Map<String, Object> run = await(row -> row.get("status").equals("retrying"));
      assertThat(run).containsEntry("retry_count", 0);
      assertThat(run.get("ended_at")).isNotNull();
    }
    MARKET.load(servers.dataSource());
    policy("retrain_retry_delay_minutes", 0);
    try (var service = trainer()) {
      assertThat(service.isRunning()).isTrue();
      Map<String, Object> run = await(row -> row.get("status").equals("success"));
      assertThat(run).containsEntry("retry_count", 1).containsEntry("error_message", null);
      assertThat(run.get("model_version")).isNotNull();
    }
  }

  @Test
  @Tag("R-01")
  void at_three_o_clock_on_the_first_of_the_month_a_run_starts_with_the_last_runs_pairs()
      throws Exception {
    MARKET.load(servers.dataSource());
    try (var service = trainer()) {
      assertThat(service.isRunning()).isTrue();
      OffsetDateTime next =
          LocalDate.now(ZoneOffset.UTC)
              .withDayOfMonth(1)
              .plusMonths(1)
              .atTime(3, 0)
              .atOffset(ZoneOffset.UTC);
      Slots slots = new Slots(database);
      assertThat(slots.planned()).isEqualTo(next.toInstant());

      Instant slot = slots.makeDue();
      Map<String, Object> run = await(row -> row.get("status").equals("success"));

      assertThat(run).containsEntry("trigger", "cron");
      assertThat(((Timestamp) run.get("slot")).toInstant()).isEqualTo(slot);
      assertThat(run.get("request").toString()).contains("SIM01A-SIM01B", "SIM02A-SIM02B");
      assertThat(rows()).hasSize(1);
      assertThat(slots.planned()).isEqualTo(next.toInstant());
    }
  }

  @Test
  void a_request_that_is_none_is_quarantined_and_the_next_one_is_heard() throws Exception {
    try (var service = trainer()) {
      assertThat(service.isRunning()).isTrue();
      publish("{\"source\": ");
      publishRequest();

      await(row -> row.get("status").equals("retrying"));

      assertThat(database.sql("select payload from core.quarantine").query(String.class).list())
          .containsExactly("{\"source\": ");
    }
  }

  @Test
  @Tag("R-01")
  void a_slot_no_run_can_be_made_of_is_a_failed_run() throws Exception {
    database.sql("delete from audit.retrain_runs").update();
    try (var service = trainer()) {
      assertThat(service.isRunning()).isTrue();
      Slots slots = new Slots(database);
      Instant slot = slots.makeDue();
      Map<String, Object> run = await(row -> row.get("status").equals("failed"));
      assertThat(run).containsEntry("trigger", "cron").containsEntry("retry_count", 0);
      assertThat(((Timestamp) run.get("slot")).toInstant()).isEqualTo(slot);
      assertThat(run.get("error_message").toString()).contains("no model or earlier run");
      assertThat(run.get("ended_at")).isNotNull();
      Patience.until("the next slot", () -> slots.planned().isAfter(slot));
    }
  }

  @Test
  @Tag("R-01")
  void a_damaged_model_in_force_does_not_stop_the_schedule() throws Exception {
    database
        .sql(
            """
            insert into core.model_artifacts (model_version, content_sha256, sha256, content)
            values ('20250101_0300', 'x', 'x', 'no bundle'::bytea)
            """)
        .update();
    database
        .sql(
            """
            insert into core.model_registry (model_version, model_type, model_scope, status,
              train_period_start, train_period_end, theta1, theta2, metrics, artifact_path, notes,
              feature_schema_hash, seed, params, created_at, updated_at)
            values ('20250101_0300', 'AI1', 'all', 'active', '2024-01-01', '2024-02-01', 0.6, 0.3,
              '{}', 'x', 'x', 'x', 1, '{}', now(), now())
            """)
        .update();
    try (var service = trainer()) {
      assertThat(service.isRunning()).isTrue();
      new Slots(database).makeDue();
      Map<String, Object> run = await(row -> row.get("status").equals("retrying"));
      assertThat(run.get("request").toString()).contains("SIM01A-SIM01B");
      assertThat(run.get("error_message").toString()).contains("core.bars is empty");
    }
  }

  private ConfigurableApplicationContext trainer() {
    return servers.start(
        TrainerApplication.class,
        "trainer",
        "--log.dir=" + servers.var(),
        "--training.poll=PT1S",
        "--config.dir=" + config);
  }

  private void publishRequest() throws Exception {
    publish(REQUEST);
  }

  /** Pub/sub loses what no one hears, so it is said until somebody has. */
  private void publish(String message) throws Exception {
    try (Jedis redis = servers.jedis()) {
      Patience.until("a listener", () -> redis.publish("retrain.requests", message) > 0);
    }
  }

  private Map<String, Object> await(Predicate<Map<String, Object>> wanted) throws Exception {
    try {
      return Patience.await("such a row", () -> rows().stream().filter(wanted).findFirst());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + " among " + rows(), e);
    }
  }

  private List<Map<String, Object>> rows() {
    return database
        .sql("select * from audit.retrain_runs where trigger <> 'rest'")
        .query()
        .listOfRows();
  }

  private void insertSuccessfulRun() {
    String pairs =
        MARKET.pairs().stream().map(pair -> '"' + pair.id() + '"').collect(Collectors.joining(","));
    database
        .sql(
            """
            insert into audit.retrain_runs (run_id, started_at, status, log_path, trigger, request)
            values (gen_random_uuid(), now(), 'success', 'x', 'rest', ?::jsonb)
            """)
        .param("{\"pairs\":[%s],\"interval\":\"PT1M\",\"seed\":5,\"trials\":2}".formatted(pairs))
        .update();
  }

  private void policy(String key, int value) throws IOException {
    Path file = config.resolve("retrain_policy.yaml");
    String text = Files.readString(file);
    String changed = text.replaceFirst(key + ":\n  value: \\d+", key + ":\n  value: " + value);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);
  }
}

package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The trainer's own process killed while a run is under way. */
@Tag("R-06")
class LostTrainerTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);
  private TestServers servers;
  private JdbcClient database;

  @BeforeEach
  void startServers() {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    MARKET.load(servers.dataSource());
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  @Test
  void a_trainer_killed_in_any_stage_takes_its_training_process_along_and_another_fails_the_run()
      throws Exception {
    try (var other = new RunningTrainer(servers);
        Connection blocker = servers.dataSource().getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      // However late the kill comes, the run waits in the middle of its commit.
      statement.execute("lock table core.backtest_results in share mode");
      for (String stage : List.of("folds", "search AI1 lightgbm", "thresholds", "verdict")) {
        RunningTrainer killed = RunningTrainer.alone(servers);
        UUID run = killed.start(MARKET, 2);
        ProcessHandle child = RunningTrainer.childOf(run);
        assertThat(killed.reaches(run, stage)).as(stage).isTrue();
        if (stage.equals("verdict")) {
          awaitBlocked();
        }

        killed.close();

        Patience.until("the end of the training process", () -> !child.isAlive());
        if (stage.equals("verdict")) {
          blocker.rollback();
        }
        JsonNode row = other.awaitStatus(run, "failed");
        assertThat(row.get("error_message").asString()).contains("ended without a word");
        assertThat(models()).as(stage).isZero();
      }
      other.awaitStatus(other.start(MARKET, 2), "success");
    }
  }

  @Test
  void a_slot_whose_trainer_is_killed_in_the_run_is_trained_by_another_replica(@TempDir Path config)
      throws Exception {
    database
        .sql(
            """
            insert into audit.retrain_runs
              (run_id, started_at, status, log_path, trigger, request)
            values (gen_random_uuid(), now(), 'success', 'x', 'rest', ?::jsonb)
            """)
        .param(RunningTrainer.body(MARKET, 2))
        .update();
    UUID run;
    try (var killed = RunningTrainer.alone(servers)) {
      assertThat(new Slots(database).makeDue()).isBefore(Instant.now());
      run = cronRun();
      assertThat(killed.reaches(run, "load")).isTrue();
    }
    try (var other = new RunningTrainer(servers, "--config.dir=" + withoutDelay(config))) {
      JsonNode row = other.awaitStatus(run, "success");
      assertThat(row.get("retry_count").asInt()).isOne();
      assertThat(row.get("model_version").isNull()).isFalse();
    }
  }

  private long models() {
    return database
        .sql(
            """
            select (select count(*) from core.model_registry)
                 + (select count(*) from core.model_artifacts)
            """)
        .query(Long.class)
        .single();
  }

  private void awaitBlocked() throws Exception {
    Patience.until(
        "a run that waits for the lock",
        () ->
            database
                .sql(
                    """
                    select exists (select 1 from pg_stat_activity
                      where datname = current_database() and wait_event_type = 'Lock'
                        and query like '%backtest_results%')
                    """)
                .query(Boolean.class)
                .single());
  }

  private UUID cronRun() throws Exception {
    return Patience.await(
        "the slot's run",
        () ->
            database
                .sql("select run_id from audit.retrain_runs where trigger = 'cron'")
                .query(UUID.class)
                .optional());
  }

  private static Path withoutDelay(Path config) throws Exception {
    try (var files = Files.list(TestServers.configFolder())) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        Files.writeString(
            config.resolve(file.getFileName()),
            text.replaceFirst(
                "retrain_retry_delay_minutes:\n  value: \\d+",
                "retrain_retry_delay_minutes:\n  value: 0"));
      }
    }
    return config;
  }
}

package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The trainer's own process killed, and PostgreSQL gone, while a run is under way. */
@Tag("R-06")
class LostServersTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);

  @Test
  void a_trainer_killed_in_any_stage_takes_its_training_process_along_and_another_fails_the_run()
      throws Exception {
    try (TestServers servers = TestServers.start()) {
      MARKET.load(servers.dataSource());
      JdbcClient database = JdbcClient.create(servers.dataSource());
      try (var other = new RunningTrainer(servers);
          Connection blocker = servers.dataSource().getConnection();
          Statement statement = blocker.createStatement()) {
        // However late the signal comes, the run has not got past its commit.
        blocker.setAutoCommit(false);
        statement.execute("lock table core.model_artifacts in share mode");
        for (String stage : List.of("folds", "search AI1 lightgbm", "thresholds", "importance")) {
          RunningTrainer killed = RunningTrainer.alone(servers);
          UUID run = killed.start(MARKET, 2);
          ProcessHandle child = RunningTrainer.childOf(run);
          assertThat(killed.reaches(run, stage)).as(stage).isTrue();

          killed.close();

          child.onExit().get(20, TimeUnit.SECONDS);
          JsonNode row = other.awaitStatus(run, "failed");
          assertThat(row.get("error_message").asString()).contains("ended without a word");
          assertThat(models(database)).as(stage).isZero();
        }
        blocker.rollback();
        other.awaitStatus(other.start(MARKET, 2), "success");
      }
    }
  }

  @Test
  void a_trainer_killed_while_its_model_is_stored_leaves_nothing_of_it() throws Exception {
    try (TestServers servers = TestServers.start()) {
      MARKET.load(servers.dataSource());
      JdbcClient database = JdbcClient.create(servers.dataSource());
      try (var other = new RunningTrainer(servers);
          Connection blocker = servers.dataSource().getConnection();
          Statement statement = blocker.createStatement()) {
        blocker.setAutoCommit(false);
        statement.execute("lock table core.backtest_results in share mode");
        UUID run;
        ProcessHandle child;
        try (RunningTrainer killed = RunningTrainer.alone(servers)) {
          run = killed.start(MARKET, 2);
          child = RunningTrainer.childOf(run);
          awaitBlocked(database, "backtest_results");
        }
        child.onExit().get(20, TimeUnit.SECONDS);
        blocker.rollback();
        other.awaitStatus(run, "failed");
        assertThat(models(database)).isZero();
      }
    }
  }

  private static long models(JdbcClient database) {
    return database
        .sql(
            """
            select (select count(*) from core.model_registry)
                 + (select count(*) from core.model_artifacts)
            """)
        .query(Long.class)
        .single();
  }

  private static void awaitBlocked(JdbcClient database, String table) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (database
          .sql(
              """
              select exists (select 1 from pg_stat_activity where datname = current_database()
                and wait_event_type = 'Lock' and query like '%' || ? || '%')
              """)
          .param(table)
          .query(Boolean.class)
          .single()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("nobody waited for " + table + " within a minute");
  }

  @Test
  void a_run_outlives_the_crash_of_another_session_of_its_server() throws Exception {
    try (TestServers servers = TestServers.startAlone()) {
      MARKET.load(servers.dataSource());
      try (var trainer = new RunningTrainer(servers, "--training.settled=PT15S");
          var other = new RunningTrainer(servers, "--training.settled=PT15S")) {
        UUID run = trainer.start(MARKET, 6);
        assertThat(trainer.reaches(run, "folds")).isTrue();
        try (Connection victim = servers.dataSource().getConnection();
            Statement statement = victim.createStatement();
            ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
          assertThat(pid.next()).isTrue();
          // The server ends all its sessions and recovers; its main process stays.
          ProcessHandle.of(pid.getLong(1)).orElseThrow().destroyForcibly();
          JsonNode row =
              other.await(run, now -> now.has("run_id") && !now.get("ended_at").isNull());
          assertThat(row.get("status").asString()).as("%s", row).isEqualTo("success");
        }
      }
    }
  }

  @Test
  void a_slot_whose_trainer_is_killed_in_the_run_is_trained_by_another_replica(@TempDir Path config)
      throws Exception {
    try (TestServers servers = TestServers.start()) {
      MARKET.load(servers.dataSource());
      JdbcClient database = JdbcClient.create(servers.dataSource());
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
        run = cronRun(database);
        assertThat(killed.reaches(run, "load")).isTrue();
      }
      try (var other = new RunningTrainer(servers, "--config.dir=" + withoutDelay(config))) {
        JsonNode row = other.awaitStatus(run, "success");
        assertThat(row.get("retry_count").asInt()).isOne();
        assertThat(row.get("model_version").isNull()).isFalse();
      }
    }
  }

  @Test
  void a_run_goes_on_while_the_database_is_away_and_keeps_its_lock() throws Exception {
    try (TestServers servers = TestServers.startAlone()) {
      MARKET.load(servers.dataSource());
      try (var trainer = new RunningTrainer(servers);
          var other = new RunningTrainer(servers)) {
        UUID run = trainer.start(MARKET, 6);
        assertThat(trainer.reaches(run, "folds")).isTrue();
        servers.stopPostgres(true);
        Thread.sleep(3_000);
        servers.startPostgres();

        JsonNode row = other.awaitStatus(run, "success");

        assertThat(row.get("retry_count").asInt()).isZero();
        assertThat(row.get("model_version").isNull()).isFalse();
      }
    }
  }

  @Test
  void a_run_whose_sessions_are_cut_takes_its_lock_back_before_it_is_taken_for_dead()
      throws Exception {
    try (TestServers servers = TestServers.start()) {
      MARKET.load(servers.dataSource());
      try (var trainer = new RunningTrainer(servers);
          var other = new RunningTrainer(servers)) {
        UUID run = trainer.start(MARKET, 6);
        assertThat(trainer.reaches(run, "folds")).isTrue();
        servers.cutDatabaseSessions();

        JsonNode row = other.await(run, now -> now.has("run_id") && !now.get("ended_at").isNull());

        assertThat(row.get("status").asString()).as("%s", row).isEqualTo("success");
      }
    }
  }

  @Test
  void a_run_that_finds_no_database_at_its_end_is_failed_when_that_is_back() throws Exception {
    try (TestServers servers = TestServers.startAlone()) {
      MARKET.load(servers.dataSource());
      try (var trainer = new RunningTrainer(servers)) {
        UUID run = trainer.start(MARKET, 2);
        ProcessHandle child = RunningTrainer.childOf(run);
        assertThat(trainer.reaches(run, "paths")).isTrue();
        servers.stopPostgres(true);
        child.onExit().get(90, TimeUnit.SECONDS);
        Thread.sleep(3_000);
        servers.startPostgres();

        JsonNode row = trainer.awaitStatus(run, "failed");

        assertThat(row.get("model_version").isNull()).isTrue();
        assertThat(
                JdbcClient.create(servers.dataSource())
                    .sql("select count(*) from core.model_artifacts")
                    .query(Long.class)
                    .single())
            .isZero();
      }
    }
  }

  private static UUID cronRun(JdbcClient database) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      var run =
          database
              .sql("select run_id from audit.retrain_runs where trigger = 'cron'")
              .query(UUID.class)
              .optional();
      if (run.isPresent()) {
        return run.get();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the slot was not fired within a minute");
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

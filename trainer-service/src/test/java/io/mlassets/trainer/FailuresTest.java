package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlassets.platform.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** However a run ends, its row says so, and no half of a model is ever seen. */
@Tag("R-06")
class FailuresTest {
  private static final List<String> STAGES =
      List.of(
          "load",
          "folds",
          "search AI1 lightgbm",
          "search AI3 xgboost",
          "thresholds",
          "paths",
          "backtest",
          "final fit",
          "importance");
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
  void a_training_process_killed_in_any_stage_leaves_a_failed_run_and_no_model() throws Exception {
    try (var trainer = new RunningTrainer(servers);
        Connection blocker = servers.dataSource().getConnection();
        Statement statement = blocker.createStatement()) {
      // However late the signal comes, the run has not got past its commit.
      blocker.setAutoCommit(false);
      statement.execute("lock table core.model_artifacts in share mode");
      for (String stage : STAGES) {
        UUID run = trainer.start(MARKET, 2);
        assertThat(trainer.reaches(run, stage)).as("stage %s was seen", stage).isTrue();
        RunningTrainer.childOf(run).destroyForcibly();

        JsonNode row = trainer.await(run, now -> !now.get("ended_at").isNull());

        assertThat(row.get("status").asString()).as(stage).isEqualTo("failed");
        assertThat(row.get("error_message").asString()).contains("exit code 137");
        assertNoModel();
      }
    }
  }

  @Test
  void a_training_process_killed_while_it_stores_leaves_nothing_of_its_model() throws Exception {
    try (var trainer = new RunningTrainer(servers);
        Connection blocker = servers.dataSource().getConnection();
        Statement statement = blocker.createStatement()) {
      // The last rows of the transaction wait for this lock; the bundle's bytes are in before.
      blocker.setAutoCommit(false);
      statement.execute("lock table core.model_registry in share mode");
      UUID run = trainer.start(MARKET, 2);
      awaitBlocked("model_registry");
      RunningTrainer.childOf(run).destroyForcibly();
      blocker.rollback();

      JsonNode row = trainer.await(run, now -> !now.get("ended_at").isNull());

      assertThat(row.get("status").asString()).isEqualTo("failed");
      assertThat(row.get("model_version").isNull()).isTrue();
      assertNoModel();
      trainer.awaitStatus(trainer.start(MARKET, 2), "success");
    }
  }

  @Test
  void a_run_that_was_given_up_meanwhile_stores_nothing() throws Exception {
    try (var trainer = new RunningTrainer(servers);
        Connection blocker = servers.dataSource().getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table core.model_artifacts in share mode");
      UUID run = trainer.start(MARKET, 2);
      awaitBlocked("model_artifacts");
      // As a replica does that takes this one for dead.
      database.sql("update audit.retrain_runs set status = 'failed', ended_at = now()").update();
      ProcessHandle child = RunningTrainer.childOf(run);
      blocker.rollback();
      child.onExit().join();
      assertThat(trainer.run(run).get("status").asString()).isEqualTo("failed");
      assertNoModel();
    }
  }

  @Test
  void a_folder_that_cannot_be_written_fails_the_run_and_stores_nothing() throws Exception {
    Files.writeString(servers.var().resolve("models"), "a file where the folder should be");
    try (var trainer = new RunningTrainer(servers)) {
      JsonNode row = trainer.awaitStatus(trainer.start(MARKET, 2), "failed");
      assertThat(row.get("error_message").asString()).contains("could not be written");
      assertThat(row.get("resources").get("cpu_seconds").asDouble()).isPositive();
      assertNoModel();
    }
  }

  @Test
  void a_full_disk_fails_the_run_and_leaves_no_half_of_a_bundle() throws Exception {
    Path folder = Files.createDirectories(servers.var().resolve("models"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder.toString()),
        "only root may mount a file system that is too small");
    try (var trainer = new RunningTrainer(servers)) {
      JsonNode row = trainer.awaitStatus(trainer.start(MARKET, 2), "failed");
      assertThat(row.get("error_message").asString()).contains("No space left on device");
      assertNoModel();
      assertThat(run("mount", "-o", "remount,size=16m", folder.toString())).isTrue();
      trainer.awaitStatus(trainer.start(MARKET, 2), "success");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(Path::getFileName).map(Path::toString))
            .hasSize(2)
            .anyMatch(name -> name.endsWith(".zip"))
            .anyMatch(name -> name.endsWith(".html"));
      }
    } finally {
      run("umount", folder.toString());
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private void awaitBlocked(String table) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      long waiting =
          database
              .sql(
                  """
                  select count(*) from pg_stat_activity where datname = current_database()
                    and wait_event_type = 'Lock' and query like '%' || ? || '%'
                  """)
              .param(table)
              .query(Long.class)
              .single();
      if (waiting > 0) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("nobody waited for " + table + " within a minute");
  }

  private void assertNoModel() throws IOException {
    for (String table :
        List.of("model_registry", "model_artifacts", "training_inputs", "backtest_results")) {
      assertThat(database.sql("select count(*) from core." + table).query(Long.class).single())
          .as(table)
          .isZero();
    }
    Path folder = servers.var().resolve("models");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files)
            .as("a part is hidden, and removed by the next run")
            .allMatch(file -> file.getFileName().toString().startsWith("."));
      }
    }
  }
}

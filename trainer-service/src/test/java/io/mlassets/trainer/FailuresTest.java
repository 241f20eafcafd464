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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** However a run ends, its row says so, and no half of a model is ever seen. */
@Tag("R-06")
class FailuresTest {
  private static final List<String> STAGES =
      List.of(
          "load", "search AI1 lightgbm", "search AI3 xgboost", "thresholds", "paths", "final fit");

  /** Of a model. */
  private static final List<String> TABLES =
      List.of("model_registry", "training_inputs", "backtest_results", "model_artifacts");

  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);
  private static TestServers servers;
  private static JdbcClient database;
  private static RunningTrainer trainer;
  private List<Long> before;

  @BeforeAll
  static void start() {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    MARKET.load(servers.dataSource());
    trainer = new RunningTrainer(servers);
  }

  @AfterAll
  static void stop() throws Exception {
    trainer.close();
    servers.close();
  }

  /** Trials go, as a run would not make the same ones again. */
  @BeforeEach
  void noteModels() {
    database.sql("delete from core.search_trials").update();
    database.sql("delete from core.studies").update();
    FileSystemUtils.deleteRecursively(models().toFile());
    before = rows();
  }

  /** Of models, in each of their tables. */
  private static List<Long> rows() {
    return TABLES.stream()
        .map(table -> database.sql("select count(*) from core." + table).query(Long.class).single())
        .toList();
  }

  @Test
  void a_training_process_killed_in_any_stage_leaves_a_failed_run_and_no_model() throws Exception {
    try (Connection blocker = servers.dataSource().getConnection();
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
    try (Connection blocker = servers.dataSource().getConnection();
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
    try (Connection blocker = servers.dataSource().getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table core.model_artifacts in share mode");
      UUID run = trainer.start(MARKET, 2);
      awaitBlocked("model_artifacts");
      ProcessHandle child = RunningTrainer.childOf(run);
      // As a replica does that takes this one for dead.
      database
          .sql("update audit.retrain_runs set status = 'failed', ended_at = now() where run_id = ?")
          .param(run)
          .update();
      blocker.rollback();
      Patience.until("the end of the process", () -> !child.isAlive());
      assertThat(trainer.run(run).get("status").asString()).isEqualTo("failed");
      assertNoModel();
    }
  }

  @Test
  void a_folder_that_cannot_be_written_fails_the_run_and_stores_nothing() throws Exception {
    Files.writeString(models(), "a file where the folder should be");
    JsonNode row = trainer.awaitStatus(trainer.start(MARKET, 2), "failed");
    assertThat(row.get("error_message").asString()).contains("could not be written");
    assertThat(row.get("resources").get("cpu_seconds").asDouble()).isPositive();
    assertNoModel();
  }

  @Test
  void a_full_disk_fails_the_run_and_leaves_no_half_of_a_bundle() throws Exception {
    Path folder = Files.createDirectories(models());
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder.toString()),
        "only root may mount a file system that is too small");
    try {
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

  private static Path models() {
    return servers.var().resolve("models");
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private static void awaitBlocked(String table) throws Exception {
    Patience.until(
        "somebody who waits for " + table,
        () ->
            database
                .sql(
                    """
                    select exists (select 1 from pg_stat_activity
                      where datname = current_database() and wait_event_type = 'Lock'
                        and query like '%' || ? || '%')
                    """)
                .param(table)
                .query(Boolean.class)
                .single());
  }

  private void assertNoModel() throws IOException {
    assertThat(rows()).as("rows of %s", TABLES).isEqualTo(before);
    if (Files.isDirectory(models())) {
      try (Stream<Path> files = Files.list(models())) {
        assertThat(files)
            .as("a part is hidden, and removed by the next run")
            .allMatch(file -> file.getFileName().toString().startsWith("."));
      }
    }
  }
}

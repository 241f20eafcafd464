package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** PostgreSQL gone, or its sessions, while a run is under way. */
@Tag("R-06")
class LostServersTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);

  /** As in production: time enough for a server that recovers. */
  private static final String SETTLED = "--training.settled=PT15S";

  private static TestServers servers;
  private static JdbcClient database;
  private static RunningTrainer trainer;
  private static RunningTrainer other;

  /** With a PostgreSQL of their own: some of the tests stop it. */
  @BeforeAll
  static void start() {
    servers = TestServers.startAlone();
    database = JdbcClient.create(servers.dataSource());
    MARKET.load(servers.dataSource());
    trainer = new RunningTrainer(servers, SETTLED);
    other = new RunningTrainer(servers, SETTLED);
  }

  @AfterAll
  static void stop() throws Exception {
    trainer.close();
    other.close();
    servers.close();
  }

  /** A run would not make the same ones again. */
  @BeforeEach
  void forgetTrials() {
    database.sql("delete from core.search_trials").update();
    database.sql("delete from core.studies").update();
  }

  @Test
  void a_run_outlives_the_crash_of_another_session_of_its_server() throws Exception {
    UUID run = trainer.start(MARKET, 6);
    assertThat(trainer.reaches(run, "folds")).isTrue();
    try (Connection victim = servers.dataSource().getConnection();
        Statement statement = victim.createStatement();
        ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
      assertThat(pid.next()).isTrue();
      // The server ends all its sessions and recovers; its main process stays.
      ProcessHandle.of(pid.getLong(1)).orElseThrow().destroyForcibly();
      other.awaitStatus(run, "success");
    }
  }

  @Test
  void a_run_goes_on_while_the_database_is_away_and_keeps_its_lock() throws Exception {
    UUID run = trainer.start(MARKET, 6);
    assertThat(trainer.reaches(run, "folds")).isTrue();
    servers.stopPostgres(true);
    Thread.sleep(3_000);
    servers.startPostgres();

    JsonNode row = other.awaitStatus(run, "success");

    assertThat(row.get("retry_count").asInt()).isZero();
    assertThat(row.get("model_version").isNull()).isFalse();
  }

  @Test
  void a_run_whose_sessions_are_cut_takes_its_lock_back_before_it_is_taken_for_dead()
      throws Exception {
    UUID run = trainer.start(MARKET, 6);
    assertThat(trainer.reaches(run, "folds")).isTrue();
    servers.cutDatabaseSessions();
    other.awaitStatus(run, "success");
  }

  @Test
  void a_run_that_finds_no_database_at_its_end_is_failed_when_that_is_back() throws Exception {
    long before = models();
    UUID run = trainer.start(MARKET, 2);
    ProcessHandle child = RunningTrainer.childOf(run);
    assertThat(trainer.reaches(run, "paths")).isTrue();
    servers.stopPostgres(true);
    awaitEnd(child);
    Thread.sleep(3_000);
    servers.startPostgres();

    JsonNode row = trainer.awaitStatus(run, "failed");

    assertThat(row.get("model_version").isNull()).isTrue();
    assertThat(models()).isEqualTo(before);
  }

  private static long models() {
    return database
        .sql(
            """
            select (select count(*) from core.model_registry)
                 + (select count(*) from core.model_artifacts)
            """)
        .query(Long.class)
        .single();
  }

  private static void awaitEnd(ProcessHandle child) throws Exception {
    Patience.until("the end of the training process", () -> !child.isAlive());
  }
}

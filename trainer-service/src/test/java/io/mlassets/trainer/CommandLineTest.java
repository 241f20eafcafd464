package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import io.mlassets.trainer.run.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ./ml-assets train}: its exit codes, and the row it leaves. */
@Tag("T-14")
class CommandLineTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);
  private static final int SIGTERM = 128 + 15;
  private static TestServers servers;
  private static JdbcClient database;

  @BeforeAll
  static void startServers() {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  /** And no trials: a run would not make them again. */
  @BeforeEach
  void bars() {
    for (String table :
        List.of("audit.retrain_runs", "core.bars", "core.search_trials", "core.studies")) {
      database.sql("delete from " + table).update();
    }
    MARKET.load(servers.dataSource());
  }

  @Test
  void without_bars_it_ends_with_4_and_with_them_with_0() throws Exception {
    database.sql("delete from core.bars").update();
    assertThat(code(train(2))).isEqualTo(ExitCode.NO_DATA);
    assertThat(await(row -> row.get("status").equals("failed")).get("error_message").toString())
        .contains("core.bars is empty");
    MARKET.load(servers.dataSource());
    assertThat(code(train(2))).isEqualTo(ExitCode.DONE);
    Map<String, Object> row = await(run -> run.get("status").equals("success"));
    assertThat(row).containsEntry("trigger", "cli");
    assertThat(row.get("model_version")).isNotNull();
    assertThat(row.get("resources").toString())
        .contains("cpu_seconds", "peak_memory_mib", "device");
  }

  @Test
  void one_at_a_time_and_a_trainer_can_abort_it() throws Exception {
    try (var trainer = new RunningTrainer(servers)) {
      Process running = train(500);
      UUID run = (UUID) await(row -> row.get("status").equals("running")).get("run_id");
      assertThat(code(train(2))).isEqualTo(ExitCode.BUSY);
      assertThat(trainer.abort(run)).isEqualTo(202);
      assertThat(code(running)).isEqualTo(ExitCode.ABORTED);
      assertThat(trainer.run(run).get("status").asString()).isEqualTo("aborted");
    }
  }

  @Test
  void a_signal_aborts_the_run() throws Exception {
    Process running = train(500);
    await(row -> row.get("status").equals("running"));
    running.destroy();
    assertThat(code(running)).isEqualTo(SIGTERM);
    assertThat(await(row -> row.get("status").equals("aborted")).get("error_message"))
        .isEqualTo("ended by a signal");
  }

  @Test
  @Tag("R-06")
  void an_abort_does_not_wait_for_a_slack_that_does_not_answer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Process running =
          train(
              500,
              Map.of("SLACK_WEBHOOK_URL", "http://127.0.0.1:" + silent.getLocalPort() + "/x"),
              Redirect.DISCARD);
      UUID run = (UUID) await(row -> row.get("status").equals("running")).get("run_id");
      database
          .sql("update audit.retrain_runs set abort_requested = true where run_id = ?")
          .param(run)
          .update();
      assertThat(running.waitFor(30, TimeUnit.SECONDS)).as("Slack would take 34 s").isTrue();
      assertThat(running.exitValue()).isEqualTo(ExitCode.ABORTED);
      Map<String, Object> row = await(now -> now.get("status").equals("aborted"));
      assertThat(row.get("announced_at")).as("a trainer tells Slack later").isNull();
    }
  }

  @Test
  @Tag("R-06")
  void a_run_that_finds_no_database_at_its_end_waits_for_it_to_say_that_it_failed()
      throws Exception {
    Process running = train(2, Map.of(), Redirect.PIPE);
    try (BufferedReader lines = running.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.contains("\"stage\":\"verdict\"")) {
        if (line.contains("\"stage\":\"paths\"")) {
          servers.databaseAway(true);
        }
        line = lines.readLine();
      }
      assertThat(line).as("it goes on without a database").isNotNull();
      awaitSaid("to be recorded when the database is back");
      assertThat(running.isAlive()).as("it waits").isTrue();
      servers.databaseAway(false);
      assertThat(code(running)).isEqualTo(ExitCode.FAILED);
    }
    await(row -> row.get("status").equals("failed") && row.get("ended_at") != null);
  }

  private static Process train(int trials) throws Exception {
    return train(trials, Map.of(), Redirect.DISCARD);
  }

  private static Process train(int trials, Map<String, String> more, Redirect out)
      throws Exception {
    String pairs = String.join(",", MARKET.pairs().stream().map(pair -> pair.id()).toList());
    ProcessBuilder builder =
        RunningTrainer.java(
            servers,
            TrainMain.class,
            "--pairs",
            pairs,
            "--interval",
            "PT1M",
            "--trials",
            "" + trials);
    builder.environment().putAll(more);
    return builder.redirectOutput(out).redirectError(Redirect.DISCARD).start();
  }

  private static int code(Process process) throws Exception {
    return Patience.exitCode(process);
  }

  private static Map<String, Object> await(Predicate<Map<String, Object>> wanted) throws Exception {
    return Patience.await(
        "such a row",
        () ->
            database.sql("select * from audit.retrain_runs").query().listOfRows().stream()
                .filter(wanted)
                .findFirst());
  }

  /** In the log of a run. */
  private static void awaitSaid(String words) throws Exception {
    Patience.until("'%s' in a log".formatted(words), () -> said(words));
  }

  private static boolean said(String words) throws IOException {
    try (Stream<Path> files = Files.list(servers.var())) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        if (Files.readString(log).contains(words)) {
          return true;
        }
      }
    }
    return false;
  }
}

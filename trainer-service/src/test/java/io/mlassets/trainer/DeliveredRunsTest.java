package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mlassets.platform.testing.TestServers;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Runs with an SFTP server and Slack: what goes wrong there, or after the commit, changes no
 * verdict.
 */
@Tag("R-05")
@Tag("R-06")
class DeliveredRunsTest {
  private static final SmallMarket MARKET = new SmallMarket(3, 4_000, 0.05, 11);
  private static final List<String> TOLD = new CopyOnWriteArrayList<>();
  private static volatile int slackAnswers = 200;
  private static TestServers servers;
  private static JdbcClient database;
  private static HttpServer slack;
  private static SftpFolder sftp;
  private static RunningTrainer trainer;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    MARKET.load(servers.dataSource());
    sftp = new SftpFolder(folder);
    slack = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    slack.createContext(
        "/",
        exchange -> {
          String text =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (slackAnswers == 200) {
            TOLD.add(text);
          }
          exchange.sendResponseHeaders(slackAnswers, -1);
          exchange.close();
        });
    slack.start();
    List<String> arguments = new ArrayList<>();
    arguments.add("--slack.webhook.url=" + webhook());
    sftp.variables()
        .forEach(
            (name, value) ->
                arguments.add(
                    "--" + name.toLowerCase(Locale.ROOT).replace('_', '.') + "=" + value));
    trainer = new RunningTrainer(servers, arguments.toArray(String[]::new));
  }

  private static String webhook() {
    return "http://127.0.0.1:" + slack.getAddress().getPort() + "/secret";
  }

  @AfterAll
  static void stop() throws Exception {
    trainer.close();
    sftp.close();
    slack.stop(0);
    servers.close();
  }

  /** Without a model in force the next candidate is adopted. */
  @BeforeEach
  void forgetModels() {
    database.sql("delete from core.model_registry").update();
    TOLD.clear();
    slackAnswers = 200;
  }

  @Test
  void an_adopted_bundle_is_delivered_although_the_connection_is_cut_half_way_and_slack_hears_it()
      throws Exception {
    sftp.cutOnce();
    UUID run = trainer.start(MARKET, 2);
    JsonNode row = trainer.await(run, now -> now.path("transfer").asString("").equals("delivered"));
    assertAdopted(row);
    assertThat(sftp.files()).contains("best_model-" + version(row) + ".zip");
    assertThat(awaitTold(run)).contains(version(row), "adopted", "delivered", "Sharpe");
  }

  @Test
  void an_abort_that_comes_while_the_bundle_is_delivered_comes_too_late() throws Exception {
    SftpFolder.Rename release = sftp.hold(".zip");
    UUID run = trainer.start(MARKET, 2);
    release.await();
    assertThat(trainer.abort(run)).isEqualTo(409);
    assertThat(RunningTrainer.childOf(run).isAlive()).isTrue();
    release.end(true);
    assertAdopted(trainer.await(run, now -> now.path("transfer").asString("").equals("delivered")));
  }

  @Test
  void a_training_process_killed_after_its_commit_has_its_bundle_delivered_and_announced()
      throws Exception {
    SftpFolder.Rename release = sftp.hold(".zip");
    UUID run = trainer.start(MARKET, 2);
    release.await();
    RunningTrainer.childOf(run).destroyForcibly();
    release.end(false);
    JsonNode row = trainer.await(run, now -> now.path("transfer").asString("").equals("delivered"));
    assertAdopted(row);
    assertThat(sftp.files())
        .contains("best_model-" + version(row) + ".zip")
        .doesNotContain("best_model-" + version(row) + ".zip.staged");
    awaitTold(run);
  }

  @Test
  void a_trainer_killed_after_the_commit_has_its_bundle_delivered_and_announced_by_another()
      throws Exception {
    SftpFolder.Rename release = sftp.hold(".zip");
    UUID run;
    ProcessHandle child;
    try (RunningTrainer killed = RunningTrainer.alone(servers, sftp.variables())) {
      run = killed.start(MARKET, 2);
      child = RunningTrainer.childOf(run);
      release.await();
    }
    child.onExit().join();
    release.end(false);
    JsonNode row = trainer.await(run, now -> now.path("transfer").asString("").equals("delivered"));
    assertAdopted(row);
    database
        .sql("update audit.retrain_runs set ended_at = ended_at - interval '2 minutes'")
        .update();
    assertThat(awaitTold(run)).contains(version(row), "adopted", "delivered");
  }

  @Test
  void a_training_process_killed_while_it_stages_leaves_a_part_the_next_run_removes()
      throws Exception {
    SftpFolder.Rename staging = sftp.hold(".staged");
    UUID run = trainer.start(MARKET, 2);
    staging.await();
    RunningTrainer.childOf(run).destroyForcibly();
    staging.end(false);
    JsonNode row = trainer.awaitStatus(run, "failed");
    assertThat(row.get("model_version").isNull()).isTrue();
    assertThat(database.sql("select count(*) from core.model_registry").query(Long.class).single())
        .isZero();
    assertThat(sftp.files()).anyMatch(name -> name.endsWith(".part"));
    awaitTold(run);

    database.sql("revoke insert on core.model_artifacts from mlassets_trainer").update();
    UUID unstored = trainer.start(MARKET, 2);
    row = trainer.awaitStatus(unstored, "failed");
    database.sql("grant insert on core.model_artifacts to mlassets_trainer").update();
    assertThat(row.get("error_message").asString()).contains("model_artifacts");
    assertThat(sftp.files()).allMatch(name -> name.endsWith(".zip"));
  }

  @Test
  void a_server_with_another_key_or_none_and_slack_down_change_no_verdict() throws Exception {
    slackAnswers = 503;
    sftp.stop();
    UUID refused = trainer.start(MARKET, 2);
    JsonNode row = trainer.awaitStatus(refused, "success");
    assertAdopted(row);
    assertThat(row.get("transfer").asString()).startsWith("failed: ").contains("refused");

    sftp.startWithAnotherKey();
    forgetModels();
    UUID untrusted = trainer.start(MARKET, 2);
    row = trainer.awaitStatus(untrusted, "success");
    sftp.stop();
    sftp.startAgain();
    assertAdopted(row);
    assertThat(row.get("transfer").asString()).startsWith("failed: ").contains("SFTP_HOST_KEY");
    awaitTold(untrusted);
  }

  private static void assertAdopted(JsonNode row) {
    assertThat(row.get("status").asString()).as("%s", row).isEqualTo("success");
    assertThat(row.get("verdict").asString()).as("%s", row).isEqualTo("adopted");
  }

  private static String version(JsonNode row) {
    return row.get("model_version").asString();
  }

  /** What Slack heard of a run, which it hears once. */
  private static String awaitTold(UUID run) throws Exception {
    Patience.until("Slack is told of " + run, () -> !told(run).isEmpty());
    // Time for whoever would tell it again.
    Thread.sleep(1_500);
    assertThat(told(run)).hasSize(1);
    return told(run).getFirst();
  }

  private static List<String> told(UUID run) {
    return TOLD.stream().filter(text -> text.contains(run.toString())).toList();
  }
}

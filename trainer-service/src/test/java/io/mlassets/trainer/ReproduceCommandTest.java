package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import io.mlassets.trainer.reproduce.ReproduceMain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ./ml-assets reproduce} in fresh processes, as a user runs it, after {@code train}. */
@Tag("T-13")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReproduceCommandTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);
  private static TestServers servers;
  private static JdbcClient database;

  private record Said(int code, String out, String err) {}

  @BeforeAll
  static void train() throws Exception {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    MARKET.load(servers.dataSource());
    String pairs = String.join(",", MARKET.pairs().stream().map(pair -> pair.id()).toList());
    Said said = run(TrainMain.class, "--pairs", pairs, "--interval", "PT1M", "--trials", "1");
    assertThat(said.code()).as(said.err()).isZero();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Test
  @Order(1)
  void a_run_has_a_log_of_its_own_and_its_row_says_where() throws Exception {
    Path log =
        Path.of(
            database.sql("select log_path from audit.retrain_runs").query(String.class).single());
    String run =
        database.sql("select run_id::text from audit.retrain_runs").query(String.class).single();
    assertThat(log).isAbsolute().hasFileName("train-" + run + ".log");
    assertThat(Files.readString(log)).contains("candidate rows of 2 pairs").contains(run);
    assertThat(servers.var().resolve("train.log")).doesNotExist();
  }

  @Test
  @Order(1)
  void fresh_processes_make_the_same_bytes_and_one_hash_is_told() throws Exception {
    Said said = run(ReproduceMain.class, version(), "--times", "2");
    assertThat(said.code()).as(said.out()).isZero();
    String sha =
        database.sql("select sha256 from core.model_artifacts").query(String.class).single();
    assertThat(said.out().lines().toList())
        .containsExactly(
            "1 of 2: exit 0, " + sha, "2 of 2: exit 0, " + sha, "2 processes, one file: " + sha);
  }

  @Test
  @Order(1)
  void a_bundle_that_is_not_there_ends_with_two_however_often_it_is_asked_for() throws Exception {
    for (String times : List.of("1", "3")) {
      Said said = run(ReproduceMain.class, "20990101_0000", "--times", times);
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.out() + said.err())
          .containsOnlyOnce("bundle 20990101_0000 cannot be made again");
    }
    assertThat(run(ReproduceMain.class, "yesterday").code()).isEqualTo(2);
    assertThat(run(ReproduceMain.class, version(), "--times", "0").code()).isEqualTo(2);
  }

  @Test
  @Order(2)
  void what_differs_is_named_for_every_process_and_so_is_why_one_failed() throws Exception {
    database
        .sql(
            """
            update core.bars set close = close * 1.0001, high = high * 1.001
            where symbol = 'SIM01A' and ts = (select min(ts) + interval '2 days' from core.bars)
            """)
        .update();
    Said differing = run(ReproduceMain.class, version(), "--times", "2");
    assertThat(differing.code()).isEqualTo(1);
    assertThat(differing.out().lines())
        .filteredOn(line -> line.startsWith("differs: the bars in core.bars are not those"))
        .hasSize(2);
    assertThat(differing.out()).contains("NOT the same: 2 processes, files made: 1");

    database.sql("truncate core.bars").update();
    Said failing = run(ReproduceMain.class, version(), "--times", "2");
    assertThat(failing.code()).isEqualTo(1);
    assertThat(failing.out()).contains("2 of 2: exit 1, no file", "core.bars is empty");
  }

  private static String version() {
    return database
        .sql("select model_version from core.model_artifacts")
        .query(String.class)
        .single();
  }

  private static Said run(Class<?> main, String... arguments) throws Exception {
    Path err = Files.createTempFile(servers.var(), "stderr", ".txt");
    Process process =
        RunningTrainer.java(servers, main, arguments).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, Files.readString(err));
  }
}

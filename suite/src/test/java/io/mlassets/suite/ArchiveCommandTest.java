package io.mlassets.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.archive.ArchivePart;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.testing.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

/** {@code ./ml-assets archive} against a suite that runs from here. */
@Tag("S-05")
class ArchiveCommandTest {
  private static final String HOME = "mlassets.home";

  private record Ended(int code, String out, String err) {}

  private final TestServers servers = TestServers.start();
  private final JdbcClient owner = JdbcClient.create(servers.dataSource());
  @TempDir Path home;
  private String homeBefore = "";

  @BeforeEach
  void aSuiteRunsFromHere() throws Exception {
    homeBefore = System.getProperty(HOME, "");
    System.setProperty(HOME, home.toString());
    Files.createSymbolicLink(
        home.resolve("config"), TestServers.configFolder().toAbsolutePath().normalize());
    DatabaseSettings database = servers.owner();
    Files.createDirectories(home.resolve("var"));
    Files.writeString(
        home.resolve("var/endpoints.properties"),
        """
        database.url=%s
        database.user=%s
        database.password=%s
        redis.url=redis://127.0.0.1:1
        archive.target=LOCAL
        archive.path=%s
        """
            .formatted(
                database.jdbcUrl(), database.user(), database.password(), home.resolve("archive")));
    owner
        .sql(
            """
            insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
              expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
              theta2, position_scale, action, reason, legs, model_version, policy_hash,
              leverage_reduction)
            select gen_random_uuid(), 'live', 'AAA-BBB', 'PT1H', timestamptz '2025-07-01T00:00Z' +
              n * interval '8 h', now(), now(), 2.1, 0.8, 0.1, 'HOLD', 0.8, 0, 0.7, 0.3, 1, 'HOLD',
              'no_candidate', '[]', '20260101_0000', 'p', 0.5 from generate_series(0, 3) n
            """)
        .update();
    owner
        .sql(
            """
            insert into core.signal_dispatch (signal_id, stream, seq, epoch, outcome, payload,
              bar_ts, sent_at)
            select signal_id, 'all:live', row_number() over (order by bar_ts), 1, 'PUBLISHED', '{}',
              bar_ts, now() from core.signals_live
            """)
        .update();
  }

  @AfterEach
  void close() {
    if (homeBefore.isEmpty()) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, homeBefore);
    }
    servers.close();
  }

  private static Ended run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      CommandLine line =
          Main.commandLine()
              .setOut(new PrintWriter(System.out, true))
              .setErr(new PrintWriter(System.err, true));
      String[] all = new String[arguments.length + 1];
      all[0] = "archive";
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      int code = line.execute(all);
      return new Ended(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void a_day_is_archived_listed_checked_and_restored() {
    Ended nothing = run("list");
    assertThat(nothing.out()).contains("nothing is archived yet");
    Ended archived = run("run", "--keep-days", "0");
    assertThat(archived.err()).isEmpty();
    assertThat(archived.out()).contains("archived 2025-07-01 part 1", "3 signals moved");
    assertThat(archived.code()).isZero();
    assertThat(run("list").out())
        .containsPattern("2025-07-01 +1 DROPPED +3 +3 +\\d+  LOCAL /.*archive");
    assertThat(run("check").out()).contains("2025-07-01 part 1 is intact");

    owner.sql("delete from core.signals_history").update();
    Ended restored = run("restore", "--day", "2025-07-01");
    assertThat(restored.out()).contains("3 of 3 signals and 0 of 3 dispatch rows were missing");
    assertThat(restored.code()).isZero();
    assertThat(owner.sql("select count(*) from core.signals_history").query(Long.class).single())
        .isEqualTo(3);
  }

  @Test
  void a_damaged_archive_and_an_unknown_day_end_with_their_own_codes() throws Exception {
    run("run", "--keep-days", "0");
    String folder = new ArchivePart(LocalDate.parse("2025-07-01"), 1).folder();
    Files.writeString(home.resolve("archive").resolve(folder).resolve("manifest.json"), "{}");

    Ended check = run("check", "--day", "2025-07-01");
    assertThat(check.code()).isEqualTo(4);
    assertThat(check.out()).contains("is DAMAGED");
    assertThat(check.err()).contains(folder + "/manifest.json SHA-256 is", "listed is");
    Ended restore = run("restore", "--day", "2025-07-01");
    assertThat(restore.code()).isEqualTo(4);
    assertThat(restore.err()).contains("manifest.json");
    assertThat(run("restore", "--day", "2020-01-01").code()).isEqualTo(5);
    assertThat(run("check", "--day", "2020-01-01").err())
        .contains("nothing of 2020-01-01 is archived");
  }

  @Test
  void help_names_the_commands_and_wrong_usage_ends_with_two() {
    Ended help = run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("run", "list", "check", "restore", "ARCHIVE_TARGET", "Exit codes");
    assertThat(run().code()).isEqualTo(2);
    assertThat(run("restore").code()).isEqualTo(2);
    assertThat(run("check", "--day", "yesterday").code()).isEqualTo(2);
  }
}

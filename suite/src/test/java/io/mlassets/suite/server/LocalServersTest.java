package io.mlassets.suite.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class LocalServersTest {
  private static final String PASSWORD = "the owner's";

  @TempDir Path var;

  @Test
  void servers_left_by_a_killed_run_are_taken_over_with_their_data() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LeaveServersBehind.class.getName(),
                var.toString(),
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(var.resolve("killed.log").toFile())
            .start();
    assertThat(killed.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(killed.exitValue()).as(Files.readString(var.resolve("killed.log"))).isEqualTo(137);
    long leftBehind = Long.parseLong(Files.readString(var.resolve("redis/redis.pid")).trim());
    assertThat(ProcessHandle.of(leftBehind)).isPresent();

    try (LocalPostgres postgres =
            LocalPostgres.start(var.resolve("postgres"), var.resolve("programs"), PASSWORD);
        LocalRedis redis =
            LocalRedis.start(
                var.resolve("redis"), var.resolve("programs"), var.resolve("redis.log"));
        Connection connection = postgres.connect("mlassets_1");
        Statement statement = connection.createStatement()) {
      assertThat(text(statement, "select n from kept")).isEqualTo("42");
      assertThat(text(statement, "show fsync")).isEqualTo("on");
      assertThat(text(statement, "show synchronous_commit")).isEqualTo("on");
      assertThat(postgres.databases()).containsExactly("mlassets_1");
      assertThat(ProcessHandle.of(leftBehind).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(redis.port()).isPositive();
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      postgres.jdbcUrl("postgres"), LocalPostgres.OWNER, "a guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password");
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void redis_keeps_its_streams_over_a_restart() throws Exception {
    Path log = Files.createFile(var.resolve("redis.log"));
    try (LocalRedis redis = LocalRedis.start(var.resolve("redis"), var.resolve("programs"), log);
        Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
      jedis.set("kept", "yes");
    }
    try (LocalRedis redis = LocalRedis.start(var.resolve("redis"), var.resolve("programs"), log);
        Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
      assertThat(jedis.get("kept")).isEqualTo("yes");
    }
  }

  @Test
  void a_second_suite_on_the_same_folder_is_refused() throws Exception {
    // Locks are per process here, so the second attempt meets the first as an overlap.
    try (RunLock lock = RunLock.in(var)) {
      assertThatThrownBy(() -> RunLock.in(var))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another suite is running");
      assertThat(lock).isNotNull();
    }
    RunLock.in(var).close();
  }

  @Test
  void secrets_are_made_once_and_only_their_owner_can_read_them() throws Exception {
    Path file = var.resolve("secrets.properties");

    String made = Secrets.in(file).get("operator.token");

    assertThat(made).matches("[0-9a-f]{64}");
    assertThat(Secrets.in(file).get("operator.token")).isEqualTo(made);
    assertThat(Secrets.in(file).get("analyst.token")).isNotEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}

package io.mlassets.suite.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** Starts both servers, writes a row to each, and dies without stopping them, as after kill -9. */
final class LeaveServersBehind {
  private LeaveServersBehind() {}

  public static void main(String[] args) throws Exception {
    Path var = Path.of(args[0]);
    LocalPostgres postgres =
        LocalPostgres.start(var.resolve("postgres"), var.resolve("programs"), args[1]);
    postgres.createDatabase("mlassets_1");
    try (Connection connection = postgres.connect("mlassets_1");
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept (n int)");
      statement.execute("insert into kept values (42)");
    }
    LocalRedis.start(
        var.resolve("redis"), var.resolve("programs"), Files.createFile(var.resolve("redis.log")));
    Runtime.getRuntime().halt(137);
  }
}

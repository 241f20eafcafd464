package io.mlassets.platform.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** An embedded PostgreSQL whose processes can be stopped and started on the same data and port. */
final class PostgresServer implements AutoCloseable {
  private static final long STOPPED_WITHIN_SECONDS = 30;
  private final Path folder;
  private EmbeddedPostgres server;

  private PostgresServer(Path folder, EmbeddedPostgres server) {
    this.folder = folder;
    this.server = server;
  }

  static PostgresServer start() {
    try {
      // Where the library looks for servers a killed run left behind, and ends them.
      Path folder =
          Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg", "" + UUID.randomUUID());
      PostgresServer started = new PostgresServer(folder, on(folder, TestServers.freePort()));
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "postgres-closer"));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A commit is written at once, so that a crash may not lose it. */
  private static EmbeddedPostgres on(Path folder, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(port)
        .setServerConfig("max_connections", "200")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
  }

  void stop(boolean crash) {
    try {
      if (crash) {
        crash();
      }
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGQUIT is PostgreSQL's immediate shutdown: no checkpoint, so the next start recovers. */
  private void crash() throws IOException {
    Path pidFile = folder.resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start();
    postmaster.onExit().orTimeout(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS).join();
  }

  void startAgain() {
    try {
      server = on(folder, server.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.mlassets.suite.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server of our own: on loopback, with passwords, durable ({@code fsync} and {@code
 * synchronous_commit} on, which the library turns off), its data kept between runs.
 */
public final class LocalPostgres implements AutoCloseable {
  /** The owner of every database here. */
  public static final String OWNER = "postgres";

  private static final String ACCESS =
      """
      local all all scram-sha-256
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  private final EmbeddedPostgres server;
  private final Path data;
  private final String password;

  private LocalPostgres(EmbeddedPostgres server, Path data, String password) {
    this.server = server;
    this.data = data;
    this.password = password;
  }

  /**
   * Starts the server; a server left by a killed run is ended first.
   *
   * @param data its data directory, made when missing
   * @param binaries where the server's programs are unpacked; must not contain {@code data}
   * @param password the owner's
   */
  public static LocalPostgres start(Path data, Path binaries, String password)
      throws IOException, SQLException {
    return start(data, binaries, password, FreePort.any());
  }

  /** Starts it on this port, where it was before. */
  public static LocalPostgres start(Path data, Path binaries, String password, int port)
      throws IOException, SQLException {
    boolean asksForPasswords = asksForPasswords(data);
    if (LeftOver.end(data.resolve("postmaster.pid"), "postgres")) {
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    }
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setPort(port)
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(Files.createDirectories(binaries).toFile())
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "128MB")
            .setServerConfig("max_wal_size", "1GB")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD);
    if (asksForPasswords) {
      builder.setConnectConfig("password", password);
    }
    LocalPostgres postgres = new LocalPostgres(builder.start(), data, password);
    if (!asksForPasswords) {
      try {
        postgres.demandPasswords();
      } catch (IOException | SQLException e) {
        postgres.close();
        throw e;
      }
    }
    return postgres;
  }

  private static boolean asksForPasswords(Path data) throws IOException {
    Path access = data.resolve("pg_hba.conf");
    return Files.exists(access) && Files.readString(access).equals(ACCESS);
  }

  /** A fresh cluster trusts everyone on the machine: give the owner a password, then ask for it. */
  private void demandPasswords() throws IOException, SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter role " + OWNER + " password '" + password.replace("'", "''") + "'");
      Files.writeString(data.resolve("pg_hba.conf"), ACCESS, StandardOpenOption.TRUNCATE_EXISTING);
      statement.execute("select pg_reload_conf()");
    }
  }

  /** Makes a database unless it is there. */
  public void createDatabase(String name) throws SQLException {
    if (!databases().contains(name)) {
      try (Connection connection = connect("postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("create database \"" + name + "\"");
      }
    }
  }

  /** Drops a database with everything in it. */
  public void dropDatabase(String name) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists \"" + name + "\" with (force)");
    }
  }

  /** Names of the databases of the suite, oldest first. */
  public List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = connect("postgres");
        PreparedStatement query =
            connection.prepareStatement(
                "select datname from pg_database where datname like 'mlassets%' order by oid");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** A connection as owner. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), OWNER, password);
  }

  /** The JDBC URL of a database here, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), database);
  }

  /** The loopback port. */
  public int port() {
    return server.getPort();
  }

  /** Ends it with all its processes, as a crash would; returns when they are gone. */
  public void kill() throws IOException, InterruptedException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().trim();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    // Stopped, it forks no more: who is born now would keep memory the next server asks for.
    new ProcessBuilder("kill", "-STOP", pid).inheritIO().start().waitFor();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
    server.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

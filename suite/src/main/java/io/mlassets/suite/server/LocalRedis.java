package io.mlassets.suite.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A Redis server of our own on loopback; its append-only file keeps the streams between runs. */
public final class LocalRedis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final int port;

  private LocalRedis(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the server; one left by a killed run is ended first.
   *
   * @param data where the append-only file is kept, made when missing
   * @param binaries where the server's program is unpacked
   * @param log its log file
   */
  public static LocalRedis start(Path data, Path binaries, Path log) throws IOException {
    return start(data, binaries, log, FreePort.any());
  }

  /** Starts it on this port, where it was before. */
  public static LocalRedis start(Path data, Path binaries, Path log, int port) throws IOException {
    Files.createDirectories(data);
    Path pidFile = data.resolve("redis.pid");
    LeftOver.end(pidFile, "redis");
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(
        List.of(
            program(binaries).toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            data.toString(),
            "--pidfile",
            pidFile.toString(),
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
            "--save",
            ""));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    // Without daemonize Redis writes no pid file.
    Files.writeString(pidFile, Long.toString(process.pid()));
    LocalRedis redis = new LocalRedis(process, port);
    try {
      redis.awaitReady(log);
    } catch (IOException | RuntimeException e) {
      redis.close();
      throw e;
    }
    return redis;
  }

  private static Path program(Path binaries) throws IOException {
    Files.createDirectories(binaries);
    return ExecutableProvider.newJarResourceProvider(binaries.toFile()).get().toPath();
  }

  /** Ctrl-C goes to the whole terminal group; Redis must outlive the services that stop first. */
  private static List<String> ownSession() {
    return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
  }

  private void awaitReady(Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Jedis jedis = new Jedis("127.0.0.1", port)) {
        jedis.ping();
        return;
      } catch (JedisException e) {
        if (!process.isAlive()) {
          throw new IOException(
              "Redis ended at once with code %d; see %s".formatted(process.exitValue(), log), e);
        }
        if (System.nanoTime() > deadline) {
          throw new IOException("Redis did not answer in %s; see %s".formatted(PATIENCE, log), e);
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Redis started", e);
    }
  }

  /** The loopback port. */
  public int port() {
    return port;
  }

  /** {@code redis://127.0.0.1:port}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Ends it as a crash would; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}

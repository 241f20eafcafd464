package io.mlassets.suite.up;

import io.mlassets.platform.JavaCommand;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One service as a process of its own. */
public final class ServiceProcess implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  /** Most heap of a service, usually. */
  public static final String HEAP = "384m";

  private static final int TAIL = 15;
  private static final int SIGINT_CODE = 130;
  private static final int SIGTERM_CODE = 143;

  private final ServiceName service;
  private final int port;
  private final Process process;
  private final Path output;

  private ServiceProcess(ServiceName service, int port, Process process, Path output) {
    this.service = service;
    this.port = port;
    this.process = process;
    this.output = output;
  }

  /** Starts it; {@link #unreadiness} says when it can be used. */
  public static ServiceProcess start(ServiceName service, int port, SuiteSettings settings)
      throws IOException {
    return start(service, port, settings, HEAP, Map.of());
  }

  /**
   * Starts it with a heap of its own and more in its environment.
   *
   * @param heap most of it, such as {@code 384m}
   * @param more such as {@code INFERENCE_SCOPE}
   */
  public static ServiceProcess start(
      ServiceName service, int port, SuiteSettings settings, String heap, Map<String, String> more)
      throws IOException {
    Path output = settings.varDir().resolve("log").resolve(service.label() + ".out");
    Files.createDirectories(output.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(
                JavaCommand.of(
                    service.mainClass(),
                    List.of("-XX:+UseSerialGC", "-Xmx" + heap),
                    List.of("--server.port=" + port)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(settings.environment(service));
    builder.environment().putAll(more);
    return new ServiceProcess(service, port, builder.start(), output);
  }

  ServiceName service() {
    return service;
  }

  int port() {
    return port;
  }

  /**
   * What its readiness says when it is not ready, empty when it is; a process that has ended is an
   * error.
   */
  public Optional<String> unreadiness(HttpClient http) throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "%s ended with code %d: %s".formatted(service.label(), process.exitValue(), tail()));
    }
    try {
      HttpResponse<String> health =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return health.statusCode() == 200 ? Optional.empty() : Optional.of(health.body());
    } catch (IOException e) {
      return Optional.of("not listening yet: " + e);
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(output);
      return String.join(
          System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "see " + output;
    }
  }

  /** Completes when the process ends. */
  CompletableFuture<ServiceProcess> ended() {
    return process.onExit().thenApply(gone -> this);
  }

  /** Whether it ended by SIGINT or SIGTERM. */
  boolean wasToldToStop() {
    return process.exitValue() == SIGINT_CODE || process.exitValue() == SIGTERM_CODE;
  }

  int exitValue() {
    return process.exitValue();
  }

  Path output() {
    return output;
  }

  /** Its number in the operating system. */
  public long pid() {
    return process.pid();
  }

  /** Ends it as a crash would; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to stop; {@link #close} waits. */
  void askToStop() {
    process.destroy();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}

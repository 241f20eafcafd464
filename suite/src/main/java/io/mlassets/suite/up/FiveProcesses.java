package io.mlassets.suite.up;

import io.mlassets.suite.console.Table;
import io.mlassets.suite.server.FreePort;
import io.mlassets.suite.server.PrivateFile;
import io.mlassets.suite.server.RunLock;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * Starts the five services, inference in as many processes as are asked for, waits until all are
 * ready, and stops all when one ends.
 */
public final class FiveProcesses implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final int MOST_REPLICAS = 32;

  /** Between the usual ports of inference processes. */
  private static final int PORT_STEP = 10;

  private final SuiteSettings settings;
  private final int replicas;
  private final Map<ServiceName, Integer> ports = new EnumMap<>(ServiceName.class);
  private final List<ServiceProcess> processes = new ArrayList<>();
  private boolean closed;

  /**
   * Services with these settings.
   *
   * @param replicas inference processes, 1 to {@value #MOST_REPLICAS}; others are refused with
   *     {@link IllegalArgumentException}
   */
  public FiveProcesses(SuiteSettings settings, int replicas) {
    if (replicas < 1 || replicas > MOST_REPLICAS) {
      throw new IllegalArgumentException(
          "--replicas %d is not in [1, %d]".formatted(replicas, MOST_REPLICAS));
    }
    this.settings = settings;
    this.replicas = replicas;
  }

  /** Runs until a service ends or the process is told to stop; returns the exit code. */
  public int run() throws IOException, InterruptedException {
    try (RunLock lock = RunLock.in(settings.varDir())) {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("suite-stop").unstarted(this::close));
      start();
      awaitReady();
      tellWhere();
      ServiceProcess first = awaitFirstEnd();
      if (first.wasToldToStop()) {
        return 0; // Ctrl-C reaches every process of the terminal.
      }
      System.err.printf(
          "ml-assets: %s ended with code %d, see %s; stopping the others%n",
          first.service().label(), first.exitValue(), first.output());
      return 1;
    } finally {
      close();
    }
  }

  private synchronized void start() throws IOException {
    for (ServiceName service : ServiceName.values()) {
      int port = FreePort.near(service.usualPort());
      ports.put(service, port);
      processes.add(ServiceProcess.start(service, port, settings));
    }
    // The others have files of their own and share the rest.
    for (int replica = 2; replica <= replicas; replica++) {
      Path folder = settings.varDir().resolve("inference-" + replica);
      int port = FreePort.near(ServiceName.INFERENCE.usualPort() + (replica - 1) * PORT_STEP);
      processes.add(ServiceProcess.start(ServiceName.INFERENCE, port, settings.in(folder)));
    }
  }

  private void awaitReady() throws InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (ServiceProcess process : processes) {
      for (Optional<String> why = process.unreadiness(http);
          why.isPresent();
          why = process.unreadiness(http)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "%s was not ready within %s: %s; see %s"
                  .formatted(process.service().label(), PATIENCE, why.get(), process.output()));
        }
        Thread.sleep(250);
      }
      System.out.printf("  %-10s ready on %d%n", process.service().label(), process.port());
    }
  }

  private void tellWhere() {
    Path file = settings.varDir().resolve("endpoints.properties");
    Properties endpoints = new Properties();
    Table table = new Table();
    settings
        .endpoints(ports)
        .forEach(
            (key, value) -> {
              endpoints.setProperty(key, value);
              if (key.endsWith(".url")) {
                table.row(key, value.replaceFirst("//[^/]*@", "//***@"));
              }
            });
    PrivateFile.write(file, endpoints, "Where the running suite is.");
    table.row("all of this in", file.toString());
    System.out.print(table);
    System.out.println("Running until Ctrl-C.");
  }

  private ServiceProcess awaitFirstEnd() {
    return (ServiceProcess)
        CompletableFuture.anyOf(
                processes.stream().map(ServiceProcess::ended).toArray(CompletableFuture[]::new))
            .join();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      processes.forEach(ServiceProcess::askToStop);
      processes.forEach(ServiceProcess::close);
    }
  }
}

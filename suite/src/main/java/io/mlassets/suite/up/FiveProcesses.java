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

/** Starts the five services, waits until all are ready, and stops all when one ends. */
public final class FiveProcesses implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final SuiteSettings settings;
  private final Map<ServiceName, Integer> ports = new EnumMap<>(ServiceName.class);
  private final List<ServiceProcess> processes = new ArrayList<>();
  private boolean closed;

  /** Services with these settings. */
  public FiveProcesses(SuiteSettings settings) {
    this.settings = settings;
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
      System.out.printf("  %-10s ready%n", process.service().label());
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

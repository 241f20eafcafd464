package io.mlassets.trainer.run;

import io.mlassets.platform.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A training run in a process of its own, so that a crash in native code, an abort or its memory
 * touch nothing else. It has the class path of this process and the main of the command line.
 */
final class ChildProcess {
  private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
  private static final String MAIN = "io.mlassets.trainer.TrainMain";
  private static final int KEPT_LINES = 8;
  private final Process process;
  private final JsonMapper json;
  private final CopiedLines copied = new CopiedLines(log);
  private final Deque<String> lastErrors = new ArrayDeque<>();

  private ChildProcess(Process process, JsonMapper json) {
    this.process = process;
    this.json = json;
  }

  static ChildProcess start(
      UUID runId, RunRequest request, ChildSettings settings, String heap, JsonMapper json) {
    ProcessBuilder builder = new ProcessBuilder(command(runId, request, heap, settings.logDir()));
    builder.environment().putAll(settings.values());
    // Engines free large blocks from several threads; with an arena a thread little goes back.
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
    try {
      return new ChildProcess(builder.start(), json);
    } catch (IOException e) {
      throw new UncheckedIOException("the training process did not start", e);
    }
  }

  private static List<String> command(UUID runId, RunRequest request, String heap, String logDir) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--run-id",
                runId.toString(),
                "--pairs",
                String.join(",", request.pairs().stream().map(pair -> pair.id()).toList()),
                "--interval",
                request.interval().iso(),
                "--seed",
                String.valueOf(request.seed()),
                "--trials",
                String.valueOf(request.trials()),
                "--engine",
                request.engine().wire()));
    if (request.from() != null) {
      arguments.addAll(List.of("--from", request.from().toString()));
    }
    if (request.featureSchema() != null) {
      arguments.addAll(List.of("--feature-schema", request.featureSchema()));
    }
    if (request.to() != null) {
      arguments.addAll(List.of("--to", request.to().toString()));
    }
    return JavaCommand.of(
        MAIN,
        List.of(
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:ErrorFile=" + logDir + "/train_crash_%p.log",
            "-DLOG_DIR=" + logDir),
        arguments);
  }

  /** Hands every event on until the process has ended; its exit code. */
  int follow(Consumer<RunEvent> events) throws InterruptedException {
    Thread errors = Thread.ofVirtual().start(this::readErrors);
    read(process.getInputStream(), line -> parse(line, events));
    int code = process.waitFor();
    errors.join();
    return code;
  }

  private void parse(String line, Consumer<RunEvent> events) {
    try {
      events.accept(json.readValue(line, RunEvent.class));
    } catch (JacksonException e) {
      // Native libraries write to stdout as they please.
      log.info("training process: {}", line);
    }
  }

  private void readErrors() {
    read(
        process.getErrorStream(),
        line -> {
          copied.copy(line);
          synchronized (lastErrors) {
            lastErrors.addLast(line);
            if (lastErrors.size() > KEPT_LINES) {
              lastErrors.removeFirst();
            }
          }
        });
  }

  private static void read(InputStream stream, Consumer<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    } catch (IOException e) {
      log.debug("a stream of the training process ended: {}", e.getMessage());
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** What it last said on stderr. */
  String lastErrors() {
    synchronized (lastErrors) {
      return String.join(" | ", lastErrors);
    }
  }

  /** Ends it: asks, then insists. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

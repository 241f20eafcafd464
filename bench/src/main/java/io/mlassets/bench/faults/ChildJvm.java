package io.mlassets.bench.faults;

import io.mlassets.platform.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of ours as a process of its own. */
final class ChildJvm implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;
  private final Process process;

  private ChildJvm(Process process) {
    this.process = process;
  }

  /** Starts it; what it says is appended to {@code log}. */
  static ChildJvm start(String main, List<String> arguments, Map<String, String> env, Path log)
      throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    List<String> flags =
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx768m",
            "-Dmlassets.home=" + System.getProperty("mlassets.home", "."));
    ProcessBuilder builder =
        new ProcessBuilder(JavaCommand.of(main, flags, arguments))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(env);
    return new ChildJvm(builder.start());
  }

  /** Waits until it ends; returns the code it ended with. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends it as a crash would; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}

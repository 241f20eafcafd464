package io.mlassets.suite.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a server that an earlier run left behind when it was killed. */
final class LeftOver {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private LeftOver() {}

  /**
   * Ends the process whose id stands in the first line of {@code pidFile}, but only when its
   * command is {@code command}: ids are used again.
   *
   * @return whether a process was ended
   */
  static boolean end(Path pidFile, String command) throws IOException {
    if (!Files.exists(pidFile)) {
      return false;
    }
    String first = Files.readString(pidFile).lines().findFirst().orElse("").trim();
    if (!first.matches("\\d+")) {
      return false;
    }
    ProcessHandle process = ProcessHandle.of(Long.parseLong(first)).orElse(null);
    if (process == null || !process.info().command().orElse("").contains(command)) {
      return false;
    }
    process.destroy();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new CompletionException(e);
    }
    return true;
  }
}

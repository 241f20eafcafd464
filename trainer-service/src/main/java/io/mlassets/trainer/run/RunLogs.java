package io.mlassets.trainer.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where training processes log: a file per run, so that no two processes ever write, or roll, the
 * same one.
 *
 * @param dir absolute, so that a row names a file whoever reads it
 */
public record RunLogs(Path dir) {
  private static final Logger log = LoggerFactory.getLogger(RunLogs.class);

  /** As long as the services' logs. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** What a run and a crash of its process leave; the service's own is {@code train.log}. */
  private static final String OF_RUNS = "{train-*,train_crash_*}.log";

  /** Makes the folder's path absolute. */
  public RunLogs {
    dir = dir.toAbsolutePath().normalize();
  }

  /** The file of one run. */
  public Path of(UUID run) {
    return dir.resolve("train-" + run + ".log");
  }

  /** Removes those nobody has written to for {@link #KEPT}. */
  public void removeOld(Instant now) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, OF_RUNS)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(KEPT))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      // No reason not to train.
      log.warn("old logs in {} could not be removed: {}", dir, e.toString());
    }
  }
}

package io.mlassets.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Tag("O-01")
class RunLogsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path dir;

  @Test
  void logs_of_runs_are_removed_a_month_after_their_last_line_and_no_others() throws Exception {
    RunLogs logs = new RunLogs(dir);
    Path old = written(logs.of(UUID.randomUUID()), 31);
    Path crash = written(dir.resolve("train_crash_4711.log"), 31);
    List<Path> kept =
        List.of(
            written(logs.of(UUID.randomUUID()), 29),
            written(dir.resolve("train.log"), 31),
            written(dir.resolve("inference.log"), 31));

    logs.removeOld(NOW);

    assertThat(old).doesNotExist();
    assertThat(crash).doesNotExist();
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactlyInAnyOrderElementsOf(kept);
    }
  }

  @Test
  void a_file_is_named_from_the_root_whatever_folder_a_process_was_started_in() {
    UUID run = UUID.randomUUID();
    assertThat(new RunLogs(Path.of("var/log")).of(run))
        .isEqualTo(Path.of("").toAbsolutePath().resolve("var/log/train-" + run + ".log"));
  }

  @Test
  void lines_of_a_training_process_are_copied_at_their_level_and_traces_with_them() {
    Logger logger = (Logger) LoggerFactory.getLogger("copied");
    logger.setLevel(Level.INFO);
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    logger.addAppender(heard);
    CopiedLines lines = new CopiedLines(logger);

    lines.copy("[LightGBM] hello");
    lines.copy("2026-03-01T00:00:00.123Z ERROR [main] i.m.trainer.TrainMain - training failed");
    lines.copy("\tat io.mlassets.Somewhere");
    lines.copy("2026-03-01T00:00:00.124Z INFO  [main] i.m.platform.Elsewhere - on");

    assertThat(heard.list)
        .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
        .containsExactly(
            "INFO [LightGBM] hello",
            "ERROR [main] i.m.trainer.TrainMain - training failed",
            "ERROR \tat io.mlassets.Somewhere",
            "INFO [main] i.m.platform.Elsewhere - on");
  }

  private static Path written(Path file, int daysAgo) throws Exception {
    Files.writeString(file, "a line");
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(daysAgo))));
    return file;
  }
}

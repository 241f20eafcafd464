package io.mlassets.dispatcher.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.archive.ArchivePart;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.DatabaseSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A run that ends anywhere: nothing is lost, nothing there twice, and the next run ends it. */
@Tag("S-04")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveKilledTest {
  private ArchiveBench bench;
  private LocalDate day = ArchiveBench.FIRST;

  @BeforeAll
  void start() {
    bench = new ArchiveBench();
  }

  @AfterAll
  void close() {
    bench.close();
  }

  @Test
  void killed_before_and_after_every_note_and_every_call_of_the_store() {
    int points = pointsOfARun();
    assertThat(points).isGreaterThan(30);
    for (int at = 1; at <= points; at++) {
      newDay();
      List<String> before = bench.everything(day);
      SignalArchive dying = archive(new KillPoints(at, () -> {}));

      assertThatThrownBy(dying::run).isInstanceOf(KillPoints.Killed.class);

      verify(at, before);
    }
  }

  @Test
  void a_process_that_halts_in_the_middle_leaves_what_the_next_one_ends() throws Exception {
    // The move's end is noted within its transaction.
    for (String words :
        List.of(
            "signals.csv.gz was put",
            "after the end of MOVED was noted",
            "after the beginning of DROPPED was noted")) {
      int at = point(words);
      newDay();
      List<String> before = bench.everything(day);

      assertThat(halted(at)).isEqualTo(HaltedArchive.HALTED);

      verify(at, before);
    }
  }

  private void verify(int at, List<String> before) {
    assertThat(bench.everything(day)).as("after point %d", at).isEqualTo(before);
    boolean gone = bench.live(day) == 0;
    assertThat(bench.live(day) + bench.history(day)).isEqualTo(ArchiveBench.SIGNALS);
    if (gone) {
      assertThat(bench.archive().check(new ArchivePart(day, 1))).isEmpty();
    }

    ArchiveReport next = runOnceFree();

    assertThat(next.failed()).as("after point %d", at).isEmpty();
    assertThat(bench.everything(day)).as("after point %d", at).isEqualTo(before);
    assertThat(bench.history(day)).isEqualTo(ArchiveBench.SIGNALS);
    assertThat(bench.live(day)).isZero();
    assertThat(bench.hasPartition(day)).isFalse();
    assertThat(bench.step(day, 1)).isEqualTo("DROPPED");
    assertThat(bench.step(day, 2)).isEqualTo("NONE");
    assertThat(bench.archive().check(new ArchivePart(day, 1))).isEmpty();
  }

  /** PostgreSQL needs a moment to see that a process is gone, and its lock with it. */
  private ArchiveReport runOnceFree() {
    AtomicReference<ArchiveReport> report = new AtomicReference<>(ArchiveReport.BUSY);
    RunningDispatcher.await(
        "the lock of the dead",
        () -> {
          report.set(bench.archive().run());
          return !report.get().busy();
        });
    return report.get();
  }

  private void newDay() {
    day = day.plusDays(1);
    bench.day(day);
  }

  private SignalArchive archive(KillPoints points) {
    return points.archive(
        bench.dispatcher, new FolderStore(bench.place()), bench.place().name(), bench.work);
  }

  private int pointsOfARun() {
    newDay();
    KillPoints none = new KillPoints(0, () -> {});
    archive(none).run();
    return none.passed();
  }

  /** The number of the point with these last words. */
  private int point(String end) {
    newDay();
    KillPoints none = new KillPoints(0, () -> {});
    archive(none).run();
    return none.numberOf(end);
  }

  private int halted(int at) throws Exception {
    DatabaseSettings database = bench.servers.as("mlassets_dispatcher");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HaltedArchive.class.getName(),
                database.jdbcUrl(),
                database.user(),
                database.password(),
                bench.folder.toAbsolutePath().toString(),
                bench.work.toAbsolutePath().toString(),
                Integer.toString(at))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(code).as(said).isEqualTo(HaltedArchive.HALTED);
    return code;
  }
}

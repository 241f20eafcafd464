package io.mlassets.dispatcher.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The daily run within two services at once. */
@Tag("S-04")
class ArchiveScheduleTest {
  private static final Instant OLD = Instant.parse("2025-07-01T10:00:00Z");

  @Test
  void a_slot_archives_what_was_dispatched_and_late_fills_still_find_their_signal() {
    try (RunningDispatcher running = new RunningDispatcher();
        var second = running.another("--archive.poll=200ms")) {
      assertThat(second.isRunning()).isTrue();
      running.restart("--archive.poll=200ms");
      UUID old = running.decide(SignalMode.LIVE, "AAA-BBB", OLD, Action.ENTER);
      running.outcomeOf(old);
      running.decide(
          SignalMode.LIVE, "AAA-BBB", OLD.plusSeconds(30 * 86_400), Action.HOLD);

      RunningDispatcher.await(
          "schedule",
          () ->
              running
                      .owner
                      .sql(
                          "update audit.dispatcher_tasks set execution_time = now() - interval '1"
                              + " s' where task_name = 'archive' and not picked")
                      .update()
                  == 1);
      RunningDispatcher.await(
          "archived",
          () -> running.count("core.archived_days", "done = 'DROPPED' and signals = 1") == 1);

      assertThat(running.count("core.signals_history", "signal_id = '" + old + "'")).isEqualTo(1);
      assertThat(running.count("core.signals_live", "signal_id = '" + old + "'")).isZero();
      assertThat(running.count("core.archived_days", "true")).isEqualTo(1);
      RunningDispatcher.await(
          "the next slot",
          () ->
              running.count(
                      "audit.dispatcher_tasks",
                      "task_name = 'archive' and execution_time > now() and consecutive_failures"
                          + " = 0")
                  == 1);
      assertThat(running.metrics()).contains("archive_days_behind 0.0");
    }
  }
}

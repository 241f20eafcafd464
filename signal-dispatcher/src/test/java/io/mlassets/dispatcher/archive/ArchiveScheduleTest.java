package io.mlassets.dispatcher.archive;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** The daily run within services. */
@Tag("S-04")
class ArchiveScheduleTest {
  private static final Instant OLD = Instant.parse("2025-07-01T10:00:00Z");

  @Test
  void a_slot_archives_what_was_dispatched_and_a_late_fill_still_finds_its_signal() {
    try (RunningDispatcher running = new RunningDispatcher();
        ConfigurableApplicationContext second = running.another("--archive.poll=200ms")) {
      assertThat(second.isRunning()).isTrue();
      UUID old = running.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", OLD, Action.ENTER);
      long seq = running.seqOf(old);
      running.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", OLD.plus(Duration.ofDays(30)), Action.HOLD);

      await("the schedule", () -> fireNow(running) == 1);
      await(
          "the archive",
          () -> running.count("core.archived_days", "done = 'DROPPED' and signals = 1") == 1);
      fill(running, seq);

      assertThat(running.count("core.signals_history", "signal_id = '" + old + "'")).isEqualTo(1);
      assertThat(running.count("core.signals_live", "signal_id = '" + old + "'")).isZero();
      assertThat(running.count("core.archived_days", "true")).isEqualTo(1);
      await("the fill", () -> running.count("core.live_trades", "deal_ticket = 77") == 1);
      await(
          "the next slot",
          () ->
              running.count(
                      "audit.dispatcher_tasks",
                      "task_name = 'archive' and execution_time > now() and not picked"
                          + " and last_success is not null")
                  == 1);
    }
  }

  @Test
  void a_store_that_is_away_is_told_and_tried_again() throws Exception {
    try (RunningDispatcher running = new RunningDispatcher()) {
      Path inTheWay = running.servers.var().resolve("archive");
      Files.writeString(inTheWay, "no folder");
      running.restart("--archive.poll=200ms", "--archive.retry=500ms");
      running.outcomeOf(running.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", OLD, Action.HOLD));
      running.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", OLD.plus(Duration.ofDays(30)), Action.HOLD);

      await("the schedule", () -> fireNow(running) == 1);
      await("a failure", () -> running.metrics().contains("archive_runs_total{result=\"failed\"}"));
      assertThat(running.metrics()).contains("archive_days_behind 1.0");
      assertThat(running.count("core.signals_history", "true")).isZero();

      Files.delete(inTheWay);
      await("the archive", () -> running.count("core.signals_history", "true") == 1);
      await("success", () -> running.metrics().contains("archive_days_behind 0.0"));
    }
  }

  private static int fireNow(RunningDispatcher running) {
    return running
        .owner
        .sql(
            """
            update audit.dispatcher_tasks set execution_time = now() - interval '1 s'
            where task_name = 'archive' and not picked
            """)
        .update();
  }

  private static void fill(RunningDispatcher running, long seq) {
    try (Jedis jedis = running.servers.jedis()) {
      jedis.xadd(
          "fills",
          StreamEntryID.NEW_ENTRY,
          Map.of(
              "json",
              """
              {"account":"paper-1","signal_seq":%d,"pair":"XAUUSD-XAGUSD","symbol":"XAUUSD",\
              "side":"SELL","lots":0.12,"price":3300.5,"deal_ticket":77,\
              "filled_at":"2025-07-01T10:01:00Z","retcode":10009}\
              """
                  .formatted(seq)));
    }
  }
}

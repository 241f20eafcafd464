package io.mlassets.dispatcher.outbox;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a lease is kept through and what is handed over with it; it lasts a second here. */
@Tag("S-01")
class LeaseTest {
  private static final SignalStream LIVE = new SignalStream("all", SignalMode.LIVE);
  private static final String OURS = "stream = 'all:live'";
  private static RunningDispatcher dispatcher;
  private static Instant bar = Instant.parse("2025-07-01T00:00:00Z");

  @BeforeAll
  static void start() {
    dispatcher = new RunningDispatcher();
  }

  @AfterAll
  static void stop() {
    dispatcher.close();
  }

  private static UUID hold() {
    bar = bar.plusSeconds(60);
    return dispatcher.decide(SignalMode.LIVE, "EURUSD-GBPUSD", bar, Action.HOLD);
  }

  private static String lease(String column) {
    return dispatcher
        .owner
        .sql("select %s::text from core.dispatch_lease where %s".formatted(column, OURS))
        .query(String.class)
        .single();
  }

  private static void setSeenBefore(String transaction) {
    dispatcher
        .owner
        .sql(
            "update core.dispatch_lease set seen_before = (%s)::text::xid8 where %s"
                .formatted(transaction, OURS))
        .update();
  }

  @Test
  void a_round_that_takes_longer_than_the_lease_keeps_it() throws Exception {
    dispatcher.seqOf(hold());
    try (var second = dispatcher.another();
        var writer = dispatcher.servers.dataSource().getConnection();
        var lock = writer.createStatement()) {
      String epoch = lease("epoch");
      writer.setAutoCommit(false);
      lock.execute("lock table core.signal_dispatch in exclusive mode");
      UUID slow = hold();
      Thread.sleep(3_000);
      assertThat(dispatcher.count("core.signal_dispatch", "signal_id = '" + slow + "'")).isZero();
      writer.commit();

      dispatcher.seqOf(slow);
      assertThat(lease("epoch")).isEqualTo(epoch);
      assertThat(second.isRunning()).isTrue();
    }
  }

  @Test
  void who_takes_over_looks_for_what_was_written_since_the_one_before_looked() {
    dispatcher.seqOf(hold());
    await("seen", () -> !lease("seen_before").equals("0"));
    dispatcher.context.close();
    UUID behind = hold();
    setSeenBefore("pg_current_xact_id()");
    dispatcher.restart();

    dispatcher.seqOf(hold());
    assertThat(dispatcher.count("core.signal_dispatch", "signal_id = '" + behind + "'"))
        .as("nobody looks where all was seen")
        .isZero();

    dispatcher.context.close();
    setSeenBefore("0");
    dispatcher.restart();
    dispatcher.seqOf(behind);
  }

  @Test
  void transactions_that_count_from_the_beginning_again_hide_no_signal() {
    dispatcher.context.close();
    UUID first = hold();
    setSeenBefore("9000000000000000000");
    dispatcher.restart();

    dispatcher.seqOf(first);
    dispatcher.seqOf(hold());
    await("known again", () -> lease("seen_before").length() < 10);
    assertThat(dispatcher.context.getBean(Lease.class).take(LIVE, 0).orElseThrow().seenBefore())
        .isPositive();
  }
}

package io.mlassets.dispatcher.outbox;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a lease is kept through, what is handed over with it, and that nothing is written under an
 * older one; it lasts a second here.
 */
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

  @Test
  void an_older_epoch_and_a_gap_are_refused_by_redis_itself() {
    dispatcher.seqOf(hold());
    RedisLog log = dispatcher.context.getBean(RedisLog.class);
    long tip = log.tip(LIVE).orElseThrow().seq();
    Numbered next =
        new Numbered(
            tip + 1, "{}", "XAUUSD-XAGUSD", Action.HOLD, Instant.EPOCH, Instant.MAX, Instant.EPOCH);
    Numbered beyond =
        new Numbered(
            tip + 2, "{}", "XAUUSD-XAGUSD", Action.HOLD, Instant.EPOCH, Instant.MAX, Instant.EPOCH);
    Numbered other =
        new Numbered(
            tip, "{}", "XAUUSD-XAGUSD", Action.HOLD, Instant.EPOCH, Instant.MAX, Instant.EPOCH);
    long epoch = log.epoch(LIVE);

    assertThatThrownBy(() -> log.append(LIVE, epoch - 1, List.of(next), true))
        .rootCause()
        .hasMessageContaining("STALE");
    assertThatThrownBy(() -> log.append(LIVE, epoch, List.of(beyond), true))
        .rootCause()
        .hasMessageContaining("GAP");
    assertThat(log.append(LIVE, epoch, List.of(other), true)).isFalse();
    dispatcher.assertLogIsWhatIsRecorded();
  }

  @Test
  void a_write_of_an_older_epoch_or_with_another_number_than_the_next_changes_nothing() {
    dispatcher.seqOf(hold());
    Outbox outbox = dispatcher.context.getBean(Outbox.class);
    Lease lease = dispatcher.context.getBean(Lease.class);
    long epoch = lease.take(LIVE, 0).orElseThrow().epoch();
    long next = lease.nextSeq(LIVE, epoch);
    UUID id = UUID.randomUUID();
    List<Dispatched> one =
        List.of(
            new Dispatched(
                new Waiting.Unreadable(id, Instant.EPOCH, Instant.EPOCH, "no signal"),
                next,
                Dispatched.Outcome.PUBLISHED,
                "{}",
                ""));

    assertThatThrownBy(() -> outbox.write(LIVE, epoch - 1, next, one))
        .isInstanceOf(EpochOverException.class);
    assertThatThrownBy(() -> outbox.write(LIVE, epoch, next - 1, one))
        .isInstanceOf(EpochOverException.class);
    assertThatThrownBy(() -> outbox.markSent(LIVE, epoch - 1, 1, next))
        .isInstanceOf(EpochOverException.class);
    assertThatThrownBy(() -> lease.nextSeq(LIVE, epoch - 1)).isInstanceOf(EpochOverException.class);

    assertThat(dispatcher.count("core.signal_dispatch", "signal_id = '" + id + "'")).isZero();
    assertThat(lease.nextSeq(LIVE, epoch)).isEqualTo(next);
    dispatcher.assertLogIsWhatIsRecorded();
  }
}

package io.mlassets.dispatcher.outbox;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.testing.Listening;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.Jedis;

@Tag("S-01")
class DispatchTest {
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

  private static Instant nextBar() {
    bar = bar.plusSeconds(60);
    return bar;
  }

  private static UUID decide(Action action) {
    return dispatcher.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", nextBar(), action);
  }

  @Test
  void two_dispatchers_number_without_gap_or_repetition_whoever_leads() throws Exception {
    List<UUID> decided = new CopyOnWriteArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(3);
        Listening heard = new Listening(dispatcher.servers, "signals")) {
      ConfigurableApplicationContext second = dispatcher.another();
      List<Future<?>> writing = new ArrayList<>();
      Instant from = nextBar();
      for (String pair : List.of("EURUSD-GBPUSD", "US500-USTEC", "BTCUSD-ETHUSD")) {
        writing.add(
            writers.submit(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    Instant ts = from.plusSeconds(60L * i);
                    decided.add(dispatcher.decide(SignalMode.LIVE, pair, ts, Action.HOLD));
                  }
                }));
      }
      await("half of them", () -> decided.size() > 300);
      dispatcher.restart();
      for (Future<?> one : writing) {
        one.get();
      }
      bar = from.plusSeconds(60 * 200);
      List<Long> numbers = decided.stream().map(dispatcher::seqOf).toList();

      assertThat(numbers).doesNotHaveDuplicates();
      dispatcher.assertLogIsWhatIsRecorded();
      await("all heard", () -> heard.messages.stream().distinct().count() >= 600);
      assertThat(heard.messages).doesNotHaveDuplicates();
      assertThat(
              dispatcher.count(
                  "core.signal_dispatch d join core.signals_live s using (signal_id)"
                      + " join (core.signal_dispatch e join core.signals_live t using (signal_id))"
                      + " on t.pair = s.pair and t.mode = s.mode",
                  "s.bar_ts < t.bar_ts and d.seq > e.seq"))
          .as("inversions within a pair")
          .isZero();
      second.close();
    }
  }

  @Test
  void a_signal_whose_row_becomes_visible_late_is_sent_all_the_same() throws Exception {
    Instant early = nextBar();
    try (var connection = dispatcher.servers.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      UUID late = UUID.randomUUID();
      try (var insert =
          connection.prepareStatement(
              """
              insert into core.signals_live select ?, mode, model_scope, 'EURJPY-GBPJPY', interval,
                ?::timestamptz, "timestamp", expires_at, z_score, return_prob, risk_score, entry,
                confidence, risk_flag, theta1, theta2, position_scale, 'HOLD', reason, '[]',
                model_version, policy_hash, leverage_reduction
              from core.signals_live where signal_id = ?
              """)) {
        insert.setObject(1, late);
        insert.setString(2, early.toString());
        insert.setObject(3, decide(Action.HOLD));
        assertThat(insert.executeUpdate()).isOne();
      }
      long visible = dispatcher.seqOf(decide(Action.HOLD));
      connection.commit();

      assertThat(dispatcher.seqOf(late)).isGreaterThan(visible);
    }
  }

  @Test
  void a_bar_of_thousands_of_pairs_goes_out_whole_and_in_order() throws Exception {
    UUID first = decide(Action.HOLD);
    dispatcher.seqOf(first);
    try (Listening heard = new Listening(dispatcher.servers, "signals")) {
      int pairs = 2_345;
      dispatcher
          .owner
          .sql(
              """
              insert into core.signals_live select gen_random_uuid(), mode, model_scope,
                'PAIR' || n || '-USD', interval, ?::timestamptz, "timestamp", expires_at, z_score,
                return_prob, risk_score, entry, confidence, risk_flag, theta1, theta2,
                position_scale, action, reason, legs, model_version, policy_hash,
                leverage_reduction
              from core.signals_live, generate_series(1, ?) n where signal_id = ?
              """)
          .params(nextBar().toString(), pairs, first)
          .update();

      await("all heard", () -> heard.messages.size() >= pairs);
      dispatcher.assertLogIsWhatIsRecorded();
      assertThat(dispatcher.log("signals.log", dispatcher.seqOf(first) + 1))
          .extracting(entry -> entry.split(" ", 2)[1])
          .isEqualTo(heard.messages);
      await(
          "marked as sent",
          () -> dispatcher.count("core.signal_dispatch", "seq > 0 and sent_at is null") == 0);
    }
  }

  @Test
  void redis_restarted_under_load_loses_nothing() throws Exception {
    List<UUID> decided = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      decided.add(decide(Action.HOLD));
      if (i == 100) {
        dispatcher.servers.stopRedis();
      }
      if (i == 200) {
        dispatcher.servers.startRedis();
      }
    }
    decided.forEach(dispatcher::seqOf);

    dispatcher.assertLogIsWhatIsRecorded();
  }

  @Test
  void postgresql_away_for_a_while_loses_nothing() {
    UUID before = decide(Action.HOLD);
    dispatcher.servers.databaseAway(true);
    dispatcher.servers.databaseAway(false);
    UUID after = decide(Action.HOLD);

    assertThat(dispatcher.seqOf(before)).isPositive();
    assertThat(dispatcher.seqOf(after)).isPositive();
    dispatcher.assertLogIsWhatIsRecorded();
  }

  @Test
  void a_wiped_redis_gets_its_log_back_and_nothing_is_heard_twice() throws Exception {
    dispatcher.seqOf(decide(Action.HOLD));
    try (Jedis jedis = dispatcher.servers.jedis();
        Listening heard = new Listening(dispatcher.servers, "signals")) {
      for (int i = 0; i < 20; i++) {
        long before = epoch(jedis);
        jedis.flushAll();
        if (i % 2 == 0) {
          // As a heartbeat does that was on its way.
          jedis.setnx("signals.log.epoch", Long.toString(before));
        }
        dispatcher.seqOf(decide(Action.HOLD));
        assertThat(epoch(jedis)).as("Expert Advisors look again").isGreaterThan(before);
      }
      dispatcher.assertLogIsWhatIsRecorded();
      await("all heard", () -> heard.messages.size() >= 20);
      assertThat(heard.messages).doesNotHaveDuplicates();
    }
  }

  private static long epoch(Jedis jedis) {
    return Long.parseLong(jedis.get("signals.log.epoch"));
  }

  @Test
  void the_log_of_another_database_is_set_aside_and_its_epoch_passed() {
    dispatcher.seqOf(decide(Action.HOLD));
    try (Jedis jedis = dispatcher.servers.jedis()) {
      jedis.xadd(
          "signals.log",
          new redis.clients.jedis.StreamEntryID(900_000, 0),
          java.util.Map.of("json", "{}"));
      jedis.set("signals.log.epoch", "4711");
      UUID next = decide(Action.HOLD);

      assertThat(dispatcher.outcomeOf(next).epoch()).isGreaterThan(4711);
      dispatcher.assertLogIsWhatIsRecorded();
      assertThat(jedis.xlen("signals.log.foreign")).isPositive();
    }
  }

  @Test
  void a_late_entry_expires_and_a_late_exit_goes() {
    Instant old = nextBar();
    dispatcher.seqOf(
        dispatcher.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", old.plusSeconds(600), Action.HOLD));
    UUID entry = dispatcher.decide(SignalMode.LIVE, "EURUSD-GBPUSD", old, Action.ENTER);
    UUID exit = dispatcher.decide(SignalMode.LIVE, "US500-US30", old, Action.EXIT);
    bar = old.plusSeconds(600);

    assertThat(dispatcher.outcomeOf(entry).outcome()).isEqualTo("EXPIRED");
    assertThat(dispatcher.seqOf(exit)).isPositive();
  }

  @Test
  void a_row_that_is_no_signal_does_not_hold_up_the_others() {
    UUID bad =
        dispatcher.decide(
            SignalMode.LIVE, "XAUUSD-XAGUSD", nextBar(), Action.HOLD, "θ is not ASCII");
    UUID good = decide(Action.HOLD);

    assertThat(dispatcher.seqOf(good)).isPositive();
    assertThat(dispatcher.outcomeOf(bad).outcome()).isEqualTo("INVALID");
    await("quarantine", () -> dispatcher.count("core.quarantine", "payload = '" + bad + "'") == 1);
  }

  @Test
  @Tag("O-02")
  void prometheus_sees_the_agreed_names() {
    dispatcher.seqOf(decide(Action.HOLD));

    assertThat(dispatcher.metrics())
        .containsPattern("(?m)^signals_per_min\\{?.* [1-9]")
        .containsPattern("(?m)^signals_dispatched_total\\{.*outcome=\"PUBLISHED\".*} [1-9]")
        .contains("dispatch_latency_seconds_bucket")
        .containsPattern("dispatch_stage_seconds_count\\{.*stage=\"look\".*} [1-9]")
        .containsPattern("dispatch_stage_seconds_count\\{.*stage=\"number\".*} [1-9]")
        .containsPattern("dispatch_stage_seconds_count\\{.*stage=\"publish\".*} [1-9]")
        .containsPattern("dispatch_stage_seconds_count\\{.*stage=\"mark\".*} [1-9]");
  }
}

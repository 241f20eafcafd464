package io.mlassets.dispatcher.outbox;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static io.mlassets.platform.testing.TestServers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.dispatcher.control.StateInForce;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.platform.testing.Listening;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dispatcher that died after it numbered signals, and what a halt or time does to them. */
@Tag("F-01")
@Tag("S-01")
class TakeBackEntriesTest {
  private static final Executor ON_ITS_OWN = task -> Thread.ofPlatform().start(task);
  private static final SignalStream LIVE = new SignalStream("all", SignalMode.LIVE);
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

  @AfterEach
  void resume() {
    dispatcher.post(OPERATOR, "/api/v1/control/resume", "{\"reason\":\"test\"}");
  }

  private static UUID decide(String pair, Action action) {
    return dispatcher.decide(SignalMode.LIVE, pair, bar, action);
  }

  /** Numbers what waits as the dispatcher does, and sends nothing; returns the epoch. */
  private static long numberOnly() {
    dispatcher.context.getBean(DispatchLoop.class).stop();
    Lease lease = dispatcher.context.getBean(Lease.class);
    long epoch = lease.take(LIVE, 0).orElseThrow().epoch();
    List<Waiting> waiting = dispatcher.context.getBean(Outbox.class).look(LIVE, 0).waiting();
    assertThat(waiting).isNotEmpty();
    Led led = new Led(epoch, System.nanoTime(), lease.nextSeq(LIVE, epoch), 0, 0);
    dispatcher.context.getBean(NumberSignals.class).number(LIVE, led, waiting);
    return epoch;
  }

  private static void nextBar() {
    bar = bar.plusSeconds(600);
    dispatcher.seqOf(decide("XAUUSD-XAGUSD", Action.HOLD));
    bar = bar.plusSeconds(60);
    dispatcher.context.getBean(DispatchLoop.class).stop();
  }

  private static List<Numbered> unsent() {
    return dispatcher.context.getBean(Outbox.class).unsent(LIVE);
  }

  private static void halt() {
    assertThat(dispatcher.post(OPERATOR, "/api/v1/control/halt", "{}").status()).isEqualTo(200);
  }

  private static void halt(TradingStates states) {
    states.stop(Cause.OPERATOR, TradingState.HALTED, "test", Map.of(), "test");
  }

  private static JsonNode json(String payload) {
    return JsonMapper.builder().build().readTree(payload);
  }

  private static void assertLogIsWhatIsRecorded() {
    assertThat(dispatcher.log("signals.log")).isEqualTo(dispatcher.recorded("all:live"));
  }

  @Test
  void an_entry_numbered_before_a_halt_goes_out_as_a_hold_under_its_number() throws Exception {
    nextBar();
    UUID entry = decide("EURUSD-GBPUSD", Action.ENTER);
    UUID exit = decide("US500-USTEC", Action.EXIT);
    numberOnly();
    List<Numbered> numbered = unsent();
    assertThat(numbered).extracting(Numbered::action).contains(Action.ENTER, Action.EXIT);
    halt();
    try (Listening heard = new Listening(dispatcher.servers, "signals")) {
      dispatcher.restart();
      await("both", () -> heard.messages.size() == 2);

      JsonNode first = json(heard.messages.get(0));
      assertThat(first.get("signal_id").asString()).isEqualTo(entry.toString());
      assertThat(first.get("seq").asLong()).isEqualTo(numbered.getFirst().seq());
      assertThat(first.get("action").asString()).isEqualTo("HOLD");
      assertThat(first.get("entry").asString()).isEqualTo("HOLD");
      assertThat(first.get("legs")).isEmpty();
      assertThat(first.get("reason").asString()).isEqualTo("blocked before it was sent");
      assertThat(heard.messages.get(1)).isEqualTo(dispatcher.outcomeOf(exit).payload());
    }
    assertThat(dispatcher.outcomeOf(entry).outcome()).isEqualTo("BLOCKED");
    assertThat(dispatcher.outcomeOf(exit).outcome()).isEqualTo("PUBLISHED");
    assertLogIsWhatIsRecorded();
    assertThat(dispatcher.metrics())
        .containsPattern("(?m)^signals_taken_back_total\\{.*outcome=\"BLOCKED\"} 1");
  }

  @Test
  void an_append_still_on_its_way_is_refused_once_its_entry_is_taken_back() {
    nextBar();
    UUID entry = decide("EURUSD-GBPUSD", Action.ENTER);
    numberOnly();
    List<Numbered> numbered = unsent();
    halt();
    long epoch = dispatcher.context.getBean(Lease.class).take(LIVE, 0).orElseThrow().epoch();
    dispatcher
        .context
        .getBean(TradingStates.class)
        .whileInForce(
            state -> {
              dispatcher.context.getBean(TakeBackEntries.class).from(LIVE, epoch, numbered, state);
              return true;
            });

    RedisLog redisLog = dispatcher.context.getBean(RedisLog.class);
    assertThatThrownBy(() -> redisLog.append(LIVE, epoch, numbered, true))
        .rootCause()
        .hasMessageContaining("STALE");
    dispatcher.restart();
    assertThat(dispatcher.outcomeOf(entry).outcome()).isEqualTo("BLOCKED");
    assertLogIsWhatIsRecorded();
  }

  @Test
  void a_sender_that_slept_through_a_halt_cannot_append_what_it_judged_before() {
    nextBar();
    UUID entry = decide("EURUSD-GBPUSD", Action.ENTER);
    long epoch = numberOnly();
    List<Numbered> judged = unsent();
    halt();

    RedisLog redisLog = dispatcher.context.getBean(RedisLog.class);
    assertThatThrownBy(() -> redisLog.append(LIVE, epoch, judged, true))
        .rootCause()
        .hasMessageContaining("STALE");
    dispatcher.restart();
    assertThat(dispatcher.outcomeOf(entry).outcome()).isEqualTo("BLOCKED");
    assertLogIsWhatIsRecorded();
  }

  @Test
  void an_entry_that_expired_before_it_was_sent_goes_out_as_a_hold() {
    nextBar();
    UUID entry = decide("EURUSD-GBPUSD", Action.ENTER);
    numberOnly();
    bar = bar.plusSeconds(600);
    UUID later = decide("XAUUSD-XAGUSD", Action.HOLD);
    dispatcher.restart();
    dispatcher.seqOf(later);

    RunningDispatcher.Outcome outcome = dispatcher.outcomeOf(entry);
    assertThat(outcome.outcome()).isEqualTo("EXPIRED");
    assertThat(outcome.seq()).isPositive();
    assertThat(json(outcome.payload()).get("action").asString()).isEqualTo("HOLD");
    assertLogIsWhatIsRecorded();
  }

  @Test
  void a_new_dispatcher_knows_the_time_of_the_bars_decided_before_it_started() {
    nextBar();
    UUID entry = decide("EURUSD-GBPUSD", Action.ENTER);
    numberOnly();
    bar = bar.plusSeconds(600);
    decide("XAUUSD-XAGUSD", Action.HOLD);
    numberOnly();
    dispatcher.restart();

    assertThat(dispatcher.outcomeOf(entry).outcome()).isEqualTo("EXPIRED");
  }

  @Test
  void an_entry_redis_already_has_stays_what_it_is_but_comes_into_no_file_after_a_halt()
      throws Exception {
    nextBar();
    UUID entry = decide("BTCUSD-ETHUSD", Action.ENTER);
    long epoch = numberOnly();
    dispatcher.context.getBean(RedisLog.class).append(LIVE, epoch, unsent(), true);
    halt();
    try (Listening heard = new Listening(dispatcher.servers, "signals")) {
      dispatcher.restart();
      RunningDispatcher.Outcome outcome = dispatcher.outcomeOf(entry);

      assertThat(outcome.outcome()).isEqualTo("PUBLISHED");
      assertThat(json(outcome.payload()).get("action").asString()).isEqualTo("ENTER");
      assertThat(heard.messages).isEmpty();
    }
    assertLogIsWhatIsRecorded();
    // Before it ends a dispatcher writes what is due.
    dispatcher.restart();
    Path folder = dispatcher.servers.var().resolve("signals");
    assertThat(folder.resolve("signal-BTCUSD-ETHUSD.json")).doesNotExist();
    assertThat(Files.readString(folder.resolve("signal.json"))).doesNotContain("ENTER");
  }

  @Test
  void a_halt_waits_for_what_is_being_sent() throws Exception {
    TradingStates states = dispatcher.context.getBean(TradingStates.class);
    CountDownLatch sent = new CountDownLatch(1);
    CompletableFuture<TradingState> sender = sendingUntil(sent);
    CompletableFuture<?> halt = CompletableFuture.runAsync(() -> halt(states), ON_ITS_OWN);
    assertThat(halt)
        .as("the halt, while an entry is on its way")
        .failsWithin(300, TimeUnit.MILLISECONDS)
        .withThrowableOfType(TimeoutException.class);
    sent.countDown();
    assertThat(sender).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(TradingState.ACTIVE);
    assertThat(halt).succeedsWithin(60, TimeUnit.SECONDS);
    assertThat(states.current().state()).isEqualTo(TradingState.HALTED);
  }

  @Test
  void a_sender_that_waited_for_a_halt_sees_it() throws Exception {
    TradingStates states = dispatcher.context.getBean(TradingStates.class);
    halt(states);
    states.resume(Set.of(Cause.OPERATOR), "test", "test");
    try (Connection halting = dispatcher.servers.dataSource().getConnection();
        Statement statement = halting.createStatement()) {
      halting.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(hashtext('core.trading_state'))");
      statement.execute("update core.trading_causes set state = 'HALTED' where cause = 'OPERATOR'");
      CompletableFuture<TradingState> sender =
          CompletableFuture.supplyAsync(() -> states.whileInForce(StateInForce::state), ON_ITS_OWN);
      await(
          "the sender waits",
          () -> dispatcher.count("pg_locks", "locktype = 'advisory' and not granted") == 1);
      halting.commit();
      assertThat(sender).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(TradingState.HALTED);
    }
  }

  @Test
  void a_sender_that_stops_in_the_middle_cannot_hold_up_a_halt() throws Exception {
    TradingStates states = dispatcher.context.getBean(TradingStates.class);
    CountDownLatch woken = new CountDownLatch(1);
    CompletableFuture<?> stuck = sendingUntil(woken);
    halt(states);
    woken.countDown();
    assertThat(stuck).failsWithin(60, TimeUnit.SECONDS);
    assertThat(states.current().state()).isEqualTo(TradingState.HALTED);
  }

  /** A sender that takes its time; returns once it is at it. */
  private static CompletableFuture<TradingState> sendingUntil(CountDownLatch done)
      throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    TradingStates states = dispatcher.context.getBean(TradingStates.class);
    CompletableFuture<TradingState> sender =
        CompletableFuture.supplyAsync(
            () ->
                states.whileInForce(
                    state -> {
                      sending.countDown();
                      try {
                        done.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return state.state();
                    }),
            ON_ITS_OWN);
    sending.await();
    return sender;
  }
}

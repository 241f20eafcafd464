package io.mlassets.dispatcher.control;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static io.mlassets.platform.testing.TestServers.ANALYST;
import static io.mlassets.platform.testing.TestServers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;

@Tag("F-01")
class CausesTest {
  private static final String CONTROL = "/api/v1/control";
  private static final String PAIR = "XAUUSD-XAGUSD";
  private static final SignalKey SEALED = SignalKey.of(TestServers.SIGNAL_KEY);
  private RunningDispatcher dispatcher;
  private Instant bar = Instant.parse("2025-07-01T00:00:00Z");
  private long ticket;

  @BeforeEach
  void start() {
    dispatcher = new RunningDispatcher();
  }

  @AfterEach
  void stop() {
    dispatcher.close();
  }

  private UUID decide(Action action) {
    return decide(PAIR, action);
  }

  private UUID decide(String pair, Action action) {
    bar = bar.plusSeconds(600);
    return dispatcher.decide(SignalMode.LIVE, pair, bar, action);
  }

  private String outcome(Action action) {
    return dispatcher.outcomeOf(decide(action)).outcome();
  }

  private JsonNode control() {
    return dispatcher.get(ANALYST, CONTROL).body();
  }

  private List<String> causes() {
    List<String> causes = new ArrayList<>();
    control().required("causes").forEach(cause -> causes.add(cause.required("cause").asString()));
    return causes;
  }

  private void awaitCauses(String... causes) {
    await("causes " + List.of(causes), () -> Set.copyOf(causes()).equals(Set.of(causes)));
  }

  private int resume(String body) {
    return dispatcher.post(OPERATOR, CONTROL + "/resume", body).status();
  }

  private void latch(Cause cause, TradingState to) {
    dispatcher
        .context
        .getBean(TradingStates.class)
        .stop(cause, to, "test", Map.of("value", 2.0), "test");
  }

  private void deal(long seq, String pair, String symbol, String side, double price) {
    try (Jedis jedis = dispatcher.servers.jedis()) {
      jedis.xadd(
          "fills",
          StreamEntryID.NEW_ENTRY,
          Map.of(
              "json",
              """
              {"account":"paper-1","signal_seq":%d,"pair":"%s","symbol":"%s","side":"%s",\
              "lots":0.1,"price":%s,"deal_ticket":%d,"filled_at":"%s","retcode":10009}\
              """
                  .formatted(seq, pair, symbol, side, price, ++ticket, bar.plusSeconds(60))));
    }
  }

  private void enter(String pair) {
    deals(dispatcher.seqOf(decide(pair, Action.ENTER)), pair, "SELL", "BUY", 1);
  }

  /** Closes a position that lost that share of its first leg's notional. */
  private void exit(String pair, double lost) {
    deals(dispatcher.seqOf(decide(pair, Action.EXIT)), pair, "BUY", "SELL", 1 + lost);
  }

  private void deals(long seq, String pair, String first, String second, double price) {
    String[] legs = pair.split("-", 2);
    deal(seq, pair, legs[0], first, price);
    deal(seq, pair, legs[1], second, 1);
    await("dealt", () -> dispatcher.count("core.live_trades", "signal_seq = " + seq) == 2);
  }

  private void lose(double share) {
    enter(PAIR);
    exit(PAIR, share);
  }

  @Test
  void a_loss_over_the_limit_halts_until_an_operator_resumes_and_then_counts_no_more() {
    // Weight 0.6, scale 0.85: 0.0459 of a full position, over the day's limit of 0.04.
    lose(0.09);
    awaitCauses("DAILY_LOSS");
    JsonNode cause = control().required("causes").get(0);
    assertThat(cause.required("state").asString()).isEqualTo("HALTED");
    assertThat(cause.required("actor").asString()).isEqualTo("dispatcher");
    assertThat(cause.required("reason").asString()).contains("realised loss of 0.04");
    assertThat(cause.at("/figures/limit").asDouble()).isEqualTo(0.04);
    assertThat(cause.at("/figures/value").asDouble()).isBetween(0.045, 0.047);
    assertThat(outcome(Action.ENTER)).isEqualTo("BLOCKED");
    assertThat(
            dispatcher.count(
                "core.signal_dispatch", "reason = 'trading_state: HALTED by DAILY_LOSS'"))
        .isOne();
    assertThat(outcome(Action.EXIT)).isEqualTo("PUBLISHED");

    dispatcher.restart();
    assertThat(causes()).containsExactly("DAILY_LOSS");
    bar = bar.plus(Duration.ofDays(3));
    assertThat(outcome(Action.ENTER))
        .as("the day is over, but nobody resumed")
        .isEqualTo("BLOCKED");

    assertThat(resume("{\"reason\":\"looked into\"}")).isEqualTo(200);
    assertThat(outcome(Action.ENTER)).isEqualTo("PUBLISHED");
    lookAgain();
    assertThat(causes()).isEmpty();
    assertThat(
            dispatcher.count(
                "core.trading_state",
                "state = 'ACTIVE' and actor = 'operator' and cause = 'DAILY_LOSS'"
                    + " and reason = 'looked into'"))
        .isOne();
  }

  @Test
  void a_loss_on_symbols_that_are_not_in_the_catalogue_halts_too() {
    enter("TINUSD-ZINCUSD");
    exit("TINUSD-ZINCUSD", 0.09);
    awaitCauses("DAILY_LOSS");
  }

  @Test
  void a_resume_right_after_a_loss_is_not_undone_by_the_same_loss() {
    enter("AUDUSD-GBPUSD");
    lose(0.09);
    awaitCauses("DAILY_LOSS");
    exit("AUDUSD-GBPUSD", 0.09);
    assertThat(resume("{\"reason\":\"seen\"}")).isEqualTo(200);
    lookAgain();
    assertThat(causes()).isEmpty();

    lose(0.09);
    // With all three losses, the drawdown's limit is passed too.
    awaitCauses("DAILY_LOSS", "DRAWDOWN");
  }

  /** By the watch of the running dispatcher, with everything read anew. */
  private void lookAgain() {
    dispatcher.context.getBean(FindTrades.class).changed();
    dispatcher.context.getBean(WatchCauses.class).look();
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void every_cause_stops_entries_on_its_own_and_lets_exits_go(Cause cause) {
    latch(cause, TradingState.REDUCING);
    assertThat(outcome(Action.ENTER)).isEqualTo("BLOCKED");
    assertThat(outcome(Action.EXIT)).isEqualTo("PUBLISHED");
    assertThat(dispatcher.metrics()).contains("trading_cause{cause=\"%s\"} 1.0".formatted(cause));
  }

  @Test
  void the_strictest_cause_is_in_force_until_each_is_resumed_from() {
    latch(Cause.DRIFT, TradingState.REDUCING);
    latch(Cause.DRAWDOWN, TradingState.HALTED);
    assertThat(control().required("state").asString()).isEqualTo("HALTED");

    assertThat(resume("{\"reason\":\"x\",\"causes\":[\"DRAWDOWN\"]}")).isEqualTo(200);
    assertThat(control().required("state").asString()).isEqualTo("REDUCING");
    assertThat(outcome(Action.ENTER)).isEqualTo("BLOCKED");
    assertThat(resume("{\"reason\":\"x\",\"causes\":[\"MOON\"]}")).isEqualTo(400);
    assertThat(resume("{\"reason\":\"x\"}")).isEqualTo(200);
    assertThat(control().required("state").asString()).isEqualTo("ACTIVE");
    assertThat(outcome(Action.ENTER)).isEqualTo("PUBLISHED");
  }

  @Test
  void an_operator_reduces_then_halts_but_does_not_loosen_a_halt_by_reducing() {
    var reduced = dispatcher.post(OPERATOR, CONTROL + "/reduce", "{\"reason\":\"news\"}");
    assertThat(reduced.status()).isEqualTo(200);
    assertThat(reduced.body().required("state").asString()).isEqualTo("REDUCING");
    assertThat(outcome(Action.ENTER)).isEqualTo("BLOCKED");
    assertThat(outcome(Action.EXIT)).isEqualTo("PUBLISHED");
    assertThat(dispatcher.post(ANALYST, CONTROL + "/reduce", "{}").status()).isEqualTo(403);

    var halted = dispatcher.post(OPERATOR, CONTROL + "/halt", "{\"reason\":\"worse\"}");
    assertThat(halted.body().required("state").asString()).isEqualTo("HALTED");
    assertThat(halted.body().required("reason").asString()).isEqualTo("worse");
    assertThat(dispatcher.post(OPERATOR, CONTROL + "/reduce", "{}").status()).isEqualTo(409);
    assertThat(control().required("state").asString()).isEqualTo("HALTED");
  }

  @Test
  void drift_measured_often_enough_reduces() {
    for (int minutes : new int[] {30, 20, 10}) {
      dispatcher
          .owner
          .sql(
              """
              insert into core.model_drift (model_version, mode, trades, drifted, computed_at)
              values ('20250701_0300', 'live', 50, true, now() - ? * interval '1 min')
              """)
          .param(minutes)
          .update();
    }
    awaitCauses("DRIFT");
    assertThat(control().required("state").asString()).isEqualTo("REDUCING");
  }

  @Test
  void an_ea_that_owes_an_answer_for_too_long_halts_and_one_that_gave_a_sign_does_not() {
    EaContact contact = dispatcher.context.getBean(EaContact.class);
    contact.ordered(Instant.now().minusSeconds(300));
    acks(SEALED.seal("{\"account\":\"shadow-1\""));
    acks("{\"account\":\"paper-1\"}");
    awaitCauses("SILENT_EA");

    assertThat(resume("{\"reason\":\"restarted\"}")).isEqualTo(200);
    contact.ordered(Instant.now().minusSeconds(1));
    acks(SEALED.seal("{\"account\":\"paper-1\""));
    await("heard", () -> !contact.isAwaited());
  }

  private void acks(String text) {
    try (Jedis jedis = dispatcher.servers.jedis()) {
      jedis.xadd("acks", StreamEntryID.NEW_ENTRY, Map.of("json", text));
    }
  }

  @Test
  void an_order_sent_is_answered_by_a_fill() {
    EaContact contact = dispatcher.context.getBean(EaContact.class);
    long seq = dispatcher.seqOf(decide(Action.ENTER));
    assertThat(contact.isAwaited()).isTrue();
    deal(seq, PAIR, "XAUUSD", "SELL", 3_000);
    await("answered", () -> !contact.isAwaited());
  }

  @Test
  void entries_repeated_or_too_many_are_blocked_with_their_reason_and_counted() {
    assertThat(outcome(Action.ENTER)).isEqualTo("PUBLISHED");
    UUID again = decideOn(PAIR, 60);
    assertThat(dispatcher.outcomeOf(again).outcome()).isEqualTo("BLOCKED");
    assertThat(reasonOf(again)).isEqualTo("entry_open");

    List<String> symbols = Stream.iterate(1, n -> n + 1).limit(70).map("A%03d"::formatted).toList();
    List<UUID> entries = symbols.stream().map(name -> decideOn(name + "-USD" + name, 0)).toList();
    List<String> reasons =
        entries.stream()
            .filter(id -> dispatcher.outcomeOf(id).outcome().equals("BLOCKED"))
            .map(this::reasonOf)
            .toList();
    assertThat(reasons).hasSize(10).containsOnly("entries_per_minute");
    assertThat(dispatcher.metrics())
        .contains("entries_refused_total{mode=\"live\",reason=\"entry_open\"} 1.0")
        .contains(
            "entries_refused_total{mode=\"live\",reason=\"entries_per_minute\"} %d.0"
                .formatted(reasons.size()));

    dispatcher.restart();
    UUID another = decideOn("ZZZ-YYY", 0);
    assertThat(dispatcher.outcomeOf(another).outcome())
        .as("a new leader reads what was sent from the record")
        .isEqualTo("BLOCKED");
    assertThat(reasonOf(another)).isEqualTo("entries_per_minute");
  }

  @Test
  void an_exit_lets_a_pair_be_entered_again_and_that_entry_counts_as_the_first_did() {
    enter(PAIR);
    assertThat(outcome(Action.ENTER)).isEqualTo("BLOCKED");
    for (int i = 0; i < 2; i++) {
      exit(PAIR, 0);
      enter(PAIR);
      assertThat(outcome(Action.ENTER)).isEqualTo("BLOCKED");
    }
  }

  private UUID decideOn(String pair, int secondsLater) {
    bar = bar.plusSeconds(secondsLater);
    return dispatcher.decide(SignalMode.LIVE, pair, bar, Action.ENTER);
  }

  private String reasonOf(UUID signal) {
    return dispatcher
        .owner
        .sql("select reason from core.signal_dispatch where signal_id = ?")
        .param(signal)
        .query(String.class)
        .single();
  }
}

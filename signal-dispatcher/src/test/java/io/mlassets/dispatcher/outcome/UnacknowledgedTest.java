package io.mlassets.dispatcher.outcome;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static io.mlassets.platform.testing.TestServers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import io.mlassets.dispatcher.AnsweringEa;
import io.mlassets.dispatcher.PagesHeard;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * In order: the accounts known grow. Time follows the bars; a signal expires 120 s after its bar.
 */
@Tag("O-03")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnacknowledgedTest {
  private static final String NOBODY = "unacknowledged/all:live";
  private static final String MINE = "unacknowledged/paper-1";
  private static PagesHeard pages;
  private static RunningDispatcher dispatcher;
  private static AnsweringEa ea;
  private static Instant bar = Instant.parse("2025-07-01T00:00:00Z");

  @BeforeAll
  static void start() throws IOException {
    pages = new PagesHeard();
    dispatcher = new RunningDispatcher(TestServers.start(), pages.arguments());
    ea = new AnsweringEa(dispatcher, "paper-1");
  }

  @AfterAll
  static void stop() {
    dispatcher.close();
    pages.close();
  }

  private static UUID exit() {
    bar = bar.plusSeconds(600);
    UUID signal = dispatcher.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", bar, Action.EXIT);
    dispatcher.outcomeOf(signal);
    return signal;
  }

  /** Lets market time be so many seconds after the end of the last order's bar. */
  private static void pass(int seconds) {
    UUID hold =
        dispatcher.decide(SignalMode.LIVE, "EURUSD-GBPUSD", bar.plusSeconds(seconds), Action.HOLD);
    dispatcher.outcomeOf(hold);
  }

  private static void awaitActions(String key, String... actions) {
    await(
        key + " " + List.of(actions) + " not " + pages.actions(key),
        () -> pages.actions(key).equals(List.of(actions)));
  }

  private static void awaitGauge(int count) {
    String line = "signals_unacknowledged{mode=\"live\"} " + count + ".0";
    await(line, () -> dispatcher.metrics().contains(line));
  }

  private static void looks() throws InterruptedException {
    Thread.sleep(2_500);
  }

  @Test
  @Order(1)
  void an_order_nobody_answers_pages_five_seconds_past_its_expiry_and_an_answer_ends_it()
      throws InterruptedException {
    UUID signal = exit();
    pass(125);
    looks();
    assertThat(pages.actions(NOBODY)).as("at five seconds it is in time").isEmpty();
    awaitGauge(0);
    pass(126);
    awaitActions(NOBODY, "trigger");
    awaitGauge(1);
    assertThat(pages.of(NOBODY).getFirst().at("/payload/summary").asString())
        .isEqualTo(
            "all:live: 1 order signals without an outcome, the first is "
                + dispatcher.seqOf(signal));

    ea.send("acks", ea.ack(signal, "FILLED", "not held"));
    awaitActions(NOBODY, "trigger", "resolve");
    awaitGauge(0);
  }

  @Test
  @Order(2)
  void each_account_known_has_an_incident_of_its_own() {
    AnsweringEa other = new AnsweringEa(dispatcher, "paper-2");
    UUID signal = exit();
    ea.send("acks", ea.ack(signal, "FILLED", ""), other.ack(signal, "FILLED", ""));
    await("known", () -> dispatcher.count("core.ea_accounts", "true") == 2);

    UUID next = exit();
    ea.send("acks", ea.ack(next, "FILLED", ""));
    pass(200);
    awaitActions("unacknowledged/paper-2", "trigger");
    assertThat(pages.actions(MINE)).isEmpty();
    other.send("acks", other.ack(next, "FILLED", ""));
    awaitActions("unacknowledged/paper-2", "trigger", "resolve");
    assertThat(
            dispatcher
                .post(
                    OPERATOR,
                    "/api/v1/reconciliation/forget",
                    "{\"account\":\"paper-2\",\"reason\":\"closed\"}")
                .status())
        .isEqualTo(204);
  }

  @Test
  @Order(3)
  void an_incident_outlives_the_dispatcher_that_told_it_and_its_end_is_told_by_the_next() {
    UUID signal = exit();
    pass(200);
    awaitActions(MINE, "trigger");
    dispatcher.restart(pages.arguments());
    awaitActions(MINE, "trigger", "trigger");
    ea.send("acks", ea.ack(signal, "BLOCKED", "halted"));
    awaitActions(MINE, "trigger", "trigger", "resolve");
  }

  @Test
  @Order(4)
  void a_silent_expert_advisor_is_told_once() throws InterruptedException {
    TradingStates states = dispatcher.context.getBean(TradingStates.class);
    states.stop(Cause.SILENT_EA, TradingState.HALTED, "silent", Map.of(), "test");
    int before = pages.actions(MINE).size();
    UUID signal = exit();
    pass(200);
    awaitGauge(1);
    looks();
    assertThat(pages.actions(MINE)).hasSize(before);
    assertThat(pages.actions("trading/SILENT_EA")).contains("trigger");

    assertThat(
            dispatcher.post(OPERATOR, "/api/v1/control/resume", "{\"reason\":\"back\"}").status())
        .isEqualTo(200);
    await("told once it is awake", () -> pages.actions(MINE).size() == before + 1);
    ea.send("acks", ea.ack(signal, "FILLED", ""));
    await("over", () -> pages.actions(MINE).getLast().equals("resolve"));
  }

  @Test
  @Order(5)
  void a_shadow_order_is_counted_but_pages_nobody() throws InterruptedException {
    bar = bar.plusSeconds(600);
    UUID signal = dispatcher.decide(SignalMode.SHADOW, "XAUUSD-XAGUSD", bar, Action.EXIT);
    dispatcher.outcomeOf(signal);
    pass(200);
    String line = "signals_unacknowledged{mode=\"shadow\"} 1.0";
    await(line, () -> dispatcher.metrics().contains(line));
    assertThat(dispatcher.count("core.open_pages", "true")).isZero();
  }
}

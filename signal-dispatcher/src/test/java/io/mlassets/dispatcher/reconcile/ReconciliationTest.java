package io.mlassets.dispatcher.reconcile;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static io.mlassets.dispatcher.reconcile.ReconcilingDispatcher.PAIR;
import static io.mlassets.dispatcher.reconcile.ReconcilingDispatcher.PATH;
import static io.mlassets.dispatcher.reconcile.ReconcilingDispatcher.freshName;
import static io.mlassets.platform.testing.TestServers.ANALYST;
import static io.mlassets.platform.testing.TestServers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.AnsweringEa;
import io.mlassets.dispatcher.PagesHeard;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.dispatcher.RunningDispatcher.Answer;
import io.mlassets.signal.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;

/** Each test has accounts of its own. */
@Tag("S-03")
class ReconciliationTest {
  private static final String JOURNAL = PAIR + " XAUUSD -0.3," + PAIR + " XAGUSD 0.5";
  private static final String BROKER = "XAUUSD -0.3,XAGUSD 0.5";
  @TempDir static Path config;
  private static ReconcilingDispatcher desk;
  private static RunningDispatcher dispatcher;
  private static PagesHeard pages;

  @BeforeAll
  static void start() throws IOException {
    desk = new ReconcilingDispatcher(config);
    dispatcher = desk.dispatcher;
    pages = desk.pages;
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  @AfterEach
  void forgetAll() {
    desk.forgetAll();
  }

  @Test
  void a_report_that_is_as_booked_stops_nothing_also_when_its_fills_come_behind_it() {
    String name = freshName();
    AnsweringEa ea = desk.account(name);
    long seq = desk.hold(ea, name);
    ea.send("positions", ea.positions(seq, JOURNAL, BROKER));
    desk.awaitStatus(name, "AGREES");

    long next = dispatcher.seqOf(desk.decide(Action.ENTER));
    ea.send("positions", ea.positions(next, JOURNAL.replace("0.3", "0.4"), "unknown"));
    await("compared", () -> !desk.of(name).required("differences").isEmpty());
    assertThat(desk.adopt(name).status()).as("fills may be on their way").isEqualTo(409);
    ea.send("fills", ea.fill(next, PAIR, "XAUUSD", -0.1));
    desk.awaitStatus(name, "AGREES");
    assertThat(desk.control()).isEqualTo("ACTIVE");
    desk.decide(Action.EXIT);
  }

  @Test
  void a_difference_stops_entries_with_all_figures_until_what_the_broker_holds_is_adopted() {
    String name = freshName();
    AnsweringEa ea = desk.account(name);
    long seq = desk.hold(ea, name);
    ea.send("positions", ea.positions(seq, PAIR + " XAUUSD -0.3", "XAUUSD -0.1,EURUSD 2"));
    desk.awaitStatus(name, "DIFFERS");

    assertThat(desk.control()).isEqualTo("HALTED");
    JsonNode gold = desk.of(name).required("differences").get(2);
    assertThat(gold.required("symbol").asString()).isEqualTo("XAUUSD");
    assertThat(gold.required("ours").asDouble()).isEqualTo(-0.3);
    assertThat(gold.required("journal").asDouble()).isEqualTo(-0.3);
    assertThat(gold.required("broker").asDouble()).isEqualTo(-0.1);
    assertThat(desk.outcome(Action.ENTER)).isEqualTo("BLOCKED");
    assertThat(desk.outcome(Action.EXIT)).isEqualTo("PUBLISHED");
    await(
        "told",
        () ->
            pages.of("trading/POSITIONS").stream()
                .map(page -> page.at("/payload/summary").asString())
                .anyMatch(
                    text ->
                        text.contains(
                            name + " holds EURUSD: ours 0, journal 0, broker 2 and 2 more")));

    assertThat(dispatcher.post(ANALYST, PATH + "/adopt", "{\"reason\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(dispatcher.post(OPERATOR, PATH + "/adopt", "{\"reason\":\" \"}").status())
        .isEqualTo(400);
    Answer adopted = dispatcher.post(OPERATOR, PATH + "/adopt", "{\"reason\":\"by hand\"}");
    assertThat(adopted.status()).isEqualTo(200);
    assertThat(desk.control()).isEqualTo("ACTIVE");
    assertThat(desk.corrections(name))
        .containsExactly(
            "EURUSD-ADOPTED EURUSD ADJUST BUY 2",
            "XAUUSD-XAGUSD XAGUSD ADJUST SELL 0.5",
            "XAUUSD-XAGUSD XAUUSD ADJUST BUY 0.2");
    assertThat(
            dispatcher.count(
                "audit.position_decisions",
                "account = '%s' and decision = 'adopt' and actor = 'operator' and reason = 'by hand' and jsonb_array_length(corrections) = 3"
                    .formatted(name)))
        .isOne();

    // The Expert Advisor adopted there too.
    ea.send(
        "positions",
        ea.positions(seq, PAIR + " XAUUSD -0.1,EURUSD-ADOPTED EURUSD 2", "XAUUSD -0.1,EURUSD 2"));
    desk.awaitStatus(name, "AGREES");
    assertThat(desk.adopt(name).body().required("corrections")).isEmpty();
    assertThat(desk.outcome(Action.ENTER)).isEqualTo("PUBLISHED");
    desk.decide(Action.EXIT);
  }

  @Test
  void while_the_broker_is_unknown_the_journal_is_adopted() {
    String name = freshName();
    AnsweringEa ea = desk.account(name);
    long seq = desk.hold(ea, name);
    ea.send("positions", ea.positions(seq, JOURNAL.replace("-0.3", "0.1"), "unknown"));
    desk.awaitStatus(name, "DIFFERS");
    assertThat(desk.adopt(name).status()).isEqualTo(200);
    assertThat(desk.corrections(name)).containsExactly("XAUUSD-XAGUSD XAUUSD ADJUST BUY 0.4");
  }

  @Test
  void what_cannot_be_adopted_is_said_and_an_old_or_broken_report_changes_nothing() {
    assertThat(desk.adopt("paper-unknown").status()).isEqualTo(404);
    assertThat(dispatcher.post(OPERATOR, PATH + "/adopt", "{\"reason\":\"x\"}").status())
        .as("nobody differs")
        .isEqualTo(409);

    String name = freshName();
    AnsweringEa ea = desk.account(name);
    String good = ea.positions(0, "", "");
    long before = dispatcher.count("core.quarantine", "source = 'stream positions'");
    ea.send("positions", good.replace("paper", "Paper"), "", good.substring(9), good);
    desk.awaitStatus(name, "AGREES");
    assertThat(dispatcher.count("core.quarantine", "source = 'stream positions'"))
        .isEqualTo(before + 3);

    String other = freshName();
    desk.account(other).send("positions", desk.account(other).positions(0, "", "EURUSD 1"));
    desk.awaitStatus(other, "DIFFERS");
    dispatcher.context.close();
    try (Jedis jedis = dispatcher.servers.jedis()) {
      // All reports are read once more.
      jedis.del("dispatcher.positions.position");
    }
    dispatcher.context = dispatcher.another(desk.arguments());
    await("read", () -> dispatcher.metrics().contains("position_reports_total{outcome=\"older\"}"));
    assertThat(desk.of(other).required("status").asString()).isEqualTo("DIFFERS");
    assertThat(desk.control()).isEqualTo("HALTED");
  }

  @Test
  void a_shadow_account_that_differs_is_shown_but_stops_nothing() {
    AnsweringEa ea = desk.account("shadow-1");
    ea.send("positions", ea.positions(0, "", "EURUSD 1"));
    desk.awaitStatus("shadow-1", "DIFFERS");
    assertThat(desk.control()).isEqualTo("ACTIVE");
  }

  @Test
  void after_a_start_entries_wait_for_the_report_of_each_account_that_gave_one_before() {
    String name = freshName();
    AnsweringEa ea = desk.account(name);
    desk.hold(ea, name);
    // Not answered: acks do not tell that nothing is missing.
    long last = dispatcher.seqOf(desk.decide(Action.EXIT));
    ea.send("positions", ea.positions(last - 1, JOURNAL, BROKER));
    desk.awaitStatus(name, "AGREES");

    dispatcher.restart(desk.arguments());
    assertThat(desk.outcome(Action.ENTER)).isEqualTo("BLOCKED");
    assertThat(desk.outcome(Action.EXIT)).isEqualTo("PUBLISHED");
    assertThat(desk.reconciliation().required("awaited").get(0).asString()).isEqualTo(name);
    assertThat(dispatcher.get(ANALYST, "/api/v1/control").body().required("reason").asString())
        .isEqualTo("waiting for the positions of " + name);
    await("told", () -> pages.actions("positions/" + name).equals(List.of("trigger")));
    assertThat(dispatcher.count("core.trading_causes", "cause = 'POSITIONS' and state <> 'ACTIVE'"))
        .as("waiting is not latched")
        .isZero();

    ea.send("positions", ea.positions(last, JOURNAL, BROKER));
    await("over", () -> pages.actions("positions/" + name).equals(List.of("trigger", "resolve")));
    assertThat(desk.control()).isEqualTo("ACTIVE");
    assertThat(desk.outcome(Action.ENTER)).isEqualTo("PUBLISHED");
    desk.decide(Action.EXIT);
  }

  @Test
  void acks_of_every_order_since_do_as_well_as_a_report_some_seconds_after_a_start() {
    String name = freshName();
    AnsweringEa ea = desk.account(name);
    ea.send("positions", ea.positions(dispatcher.seqOf(desk.decide(Action.EXIT)), "", ""));
    desk.awaitStatus(name, "AGREES");
    UUID enter = desk.decide(Action.ENTER);
    UUID exit = desk.decide(Action.EXIT);
    long seq = dispatcher.seqOf(enter);
    ea.send("acks", ea.ack(enter, "PARTIAL", "", "PARTIAL", -0.1, "REJECTED", 0));
    ea.send("acks", ea.ack(exit, "FILLED", ""));
    await("answered", () -> dispatcher.count("core.signal_outcomes", account(name, seq)) == 1);

    dispatcher.restart(desk.arguments());
    assertThat(desk.outcome(Action.ENTER)).isEqualTo("BLOCKED");
    await("told", () -> pages.actions("positions/" + name).contains("trigger"));
    assertThat(desk.reconciliation().required("awaited")).as("its deal is not booked").isNotEmpty();
    ea.send("fills", ea.fill(seq, PAIR, "XAUUSD", -0.1));
    await("known", () -> desk.reconciliation().required("awaited").isEmpty());
    assertThat(desk.outcome(Action.ENTER)).isEqualTo("PUBLISHED");
    desk.decide(Action.EXIT);
  }

  private static String account(String name, long seq) {
    return "account = '%s' and signal_seq = %d".formatted(name, seq);
  }

  @Test
  void what_agreed_before_a_restart_is_compared_again_with_the_table_as_it_is_now() {
    String name = freshName();
    AnsweringEa ea = desk.account(name);
    long seq = desk.hold(ea, name);
    ea.send("positions", ea.positions(seq, JOURNAL, BROKER));
    desk.awaitStatus(name, "AGREES");
    dispatcher.context.close();
    dispatcher
        .owner
        .sql("delete from core.live_trades where account = ? and symbol = 'XAGUSD'")
        .param(name)
        .update();
    dispatcher.context = dispatcher.another(desk.arguments());

    desk.awaitStatus(name, "DIFFERS");
    await("halted", () -> desk.control().equals("HALTED"));
    assertThat(desk.of(name).required("differences").get(0).required("ours").asDouble()).isZero();
  }

  @Test
  void an_operator_may_let_entries_go_without_a_report() {
    String name = freshName();
    AnsweringEa ea = desk.account(name);
    long last = dispatcher.seqOf(desk.decide(Action.EXIT));
    ea.send("positions", ea.positions(last - 1, "", ""));
    desk.awaitStatus(name, "AGREES");
    dispatcher.restart(desk.arguments());
    assertThat(desk.outcome(Action.ENTER)).isEqualTo("BLOCKED");
    assertThat(
            dispatcher
                .post(OPERATOR, "/api/v1/control/resume", "{\"reason\":\"called them\"}")
                .status())
        .isEqualTo(200);
    assertThat(desk.outcome(Action.ENTER)).isEqualTo("PUBLISHED");
    desk.decide(Action.EXIT);
  }
}

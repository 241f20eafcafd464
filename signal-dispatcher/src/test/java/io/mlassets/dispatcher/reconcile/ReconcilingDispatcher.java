package io.mlassets.dispatcher.reconcile;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static io.mlassets.platform.testing.TestServers.ANALYST;
import static io.mlassets.platform.testing.TestServers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.AnsweringEa;
import io.mlassets.dispatcher.PagesHeard;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.dispatcher.RunningDispatcher.Answer;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A dispatcher, and what operators and Expert Advisors do about positions: a difference may last
 * three seconds, acks do after four.
 */
final class ReconcilingDispatcher implements AutoCloseable {
  static final String PATH = "/api/v1/reconciliation";
  static final String PAIR = "XAUUSD-XAGUSD";
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();
  private final Path config;
  final PagesHeard pages = new PagesHeard();
  final RunningDispatcher dispatcher;
  private Instant bar = Instant.parse("2025-07-01T00:00:00Z");

  ReconcilingDispatcher(Path config) throws IOException {
    this.config = config;
    for (String name :
        List.of(
            "core_policy.yaml", "retrain_policy.yaml", "signals_policy.yaml", "instruments.yaml")) {
      String text = Files.readString(TestServers.configFolder().resolve(name));
      Files.writeString(
          config.resolve(name),
          text.replace("{limit: PT10S, report: PT10S,", "{limit: PT3S, report: PT4S,")
              // None of these accounts answers its orders in time.
              .replace("{limit: PT2M, state: HALTED}", "{limit: PT2M, state: ACTIVE}"));
    }
    dispatcher = new RunningDispatcher(TestServers.start(), arguments());
  }

  String[] arguments() {
    return pages.arguments("--config.dir=" + config);
  }

  @Override
  public void close() {
    dispatcher.close();
    pages.close();
  }

  /** No account of one test keeps entries of another waiting. */
  void forgetAll() {
    for (JsonNode one : reconciliation().required("accounts")) {
      String body =
          "{\"account\":\"%s\",\"reason\":\"x\"}".formatted(one.required("account").asString());
      assertThat(dispatcher.post(OPERATOR, PATH + "/forget", body).status()).isEqualTo(204);
    }
    dispatcher.post(OPERATOR, "/api/v1/control/resume", "{\"reason\":\"next test\"}");
  }

  AnsweringEa account(String name) {
    return new AnsweringEa(dispatcher, name);
  }

  static String freshName() {
    return "paper-" + ACCOUNTS.incrementAndGet();
  }

  UUID decide(Action action) {
    bar = bar.plusSeconds(600);
    UUID signal = dispatcher.decide(SignalMode.LIVE, PAIR, bar, action);
    dispatcher.outcomeOf(signal);
    return signal;
  }

  String outcome(Action action) {
    return dispatcher.outcomeOf(decide(action)).outcome();
  }

  JsonNode reconciliation() {
    return dispatcher.get(ANALYST, PATH).body();
  }

  JsonNode of(String account) {
    for (JsonNode one : reconciliation().required("accounts")) {
      if (one.required("account").asString().equals(account)) {
        return one;
      }
    }
    throw new AssertionError(account + " never reported");
  }

  void awaitStatus(String account, String status) {
    await(
        account + " " + status,
        () ->
            dispatcher.count(
                    "core.position_reports",
                    "account = '%s' and status = '%s'".formatted(account, status))
                == 1);
  }

  String control() {
    return dispatcher.get(ANALYST, "/api/v1/control").body().required("state").asString();
  }

  Answer adopt(String account) {
    return dispatcher.post(
        OPERATOR,
        PATH + "/adopt",
        "{\"reason\":\"looked into\",\"account\":\"%s\"}".formatted(account));
  }

  /** Enters, and has both legs dealt and booked. */
  long hold(AnsweringEa ea, String account) {
    long seq = dispatcher.seqOf(decide(Action.ENTER));
    ea.send(
        "fills",
        ea.fill(seq, PAIR, "XAUUSD", -0.1),
        ea.fill(seq, PAIR, "XAUUSD", -0.2),
        ea.fill(seq, PAIR, "XAGUSD", 0.5));
    await(
        "booked",
        () -> dispatcher.count("core.live_trades", "account = '%s'".formatted(account)) >= 3);
    decide(Action.EXIT);
    return seq;
  }

  List<String> corrections(String account) {
    return dispatcher
        .owner
        .sql(
            """
            select pair || ' ' || symbol || ' ' || action || ' ' || side || ' ' || lots
            from core.live_trades where account = ? and adoption is not null
              and price is null and signal_id is null order by 1
            """)
        .param(account)
        .query(String.class)
        .list();
  }
}

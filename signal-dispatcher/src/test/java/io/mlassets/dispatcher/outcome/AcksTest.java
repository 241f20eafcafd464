package io.mlassets.dispatcher.outcome;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.AnsweringEa;
import io.mlassets.dispatcher.PagesHeard;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

@Tag("S-03")
class AcksTest {
  private static final String PAIR = "XAUUSD-XAGUSD";
  private static PagesHeard pages;
  private static RunningDispatcher dispatcher;
  private static AnsweringEa ea;
  private static Instant bar = Instant.parse("2025-07-01T00:00:00Z");
  private static int pairs;

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

  /** Later than every limit on entries, and sent before time goes on. */
  private static UUID decide(String pair, Action action) {
    return decide(SignalMode.LIVE, pair, action);
  }

  private static UUID decide(SignalMode mode, String pair, Action action) {
    bar = bar.plusSeconds(600);
    UUID signal = dispatcher.decide(mode, pair, bar, action);
    dispatcher.outcomeOf(signal);
    return signal;
  }

  private static String freshPair() {
    pairs++;
    return "A%03d-B%03d".formatted(pairs, pairs);
  }

  private static List<String> outcomes(UUID signal) {
    return dispatcher
        .owner
        .sql(
            """
            select o.account || ' ' || o.outcome || ' ' || o.reason || ' ' || string_agg(
              l.symbol || ' ' || l.outcome || ' ' || l.lots, ', ' order by l.leg)
            from core.signal_outcomes o join core.leg_outcomes l using (account, signal_seq)
            where o.signal_id = ? group by o.account, o.signal_seq
            """)
        .param(signal)
        .query(String.class)
        .list();
  }

  private static void awaitOutcome(UUID signal) {
    await("outcome of " + signal, () -> !outcomes(signal).isEmpty());
  }

  /** Waits until everything sent so far was taken, by a further good ack behind it. */
  private static void settle() {
    UUID last = decide(freshPair(), Action.EXIT);
    ea.send("acks", ea.ack(last, "FILLED", "not held"));
    awaitOutcome(last);
  }

  private static long quarantined(String reason) {
    return dispatcher.count(
        "core.quarantine", "source = 'stream acks' and reason like '%" + reason + "%'");
  }

  @ParameterizedTest
  @CsvSource({
    "ENTER,FILLED,FILLED,-0.1,FILLED,0.2",
    "EXIT,PARTIAL,PARTIAL,0.1,REJECTED,0",
    "ENTER,REJECTED,REJECTED,0,REJECTED,0",
    "ENTER,EXPIRED,EXPIRED,0,EXPIRED,0",
    "ENTER,SUPERSEDED,SUPERSEDED,0,SUPERSEDED,0",
    "ENTER,BLOCKED,BLOCKED,0,BLOCKED,0",
    "ENTER,LEG_BREAK,LEG_BREAK,-0.1,REJECTED,0"
  })
  void each_outcome_is_stored_with_its_legs(
      Action action, String outcome, String first, double lots, String second, double more) {
    String pair = freshPair();
    UUID signal = decide(pair, action);
    ea.send("acks", ea.ack(signal, outcome, "because", first, lots, second, more));
    awaitOutcome(signal);

    String legs =
        "%s %s %s, %s %s %s"
            .formatted(
                pair.substring(0, 4), first, number(lots), pair.substring(5), second, number(more));
    assertThat(outcomes(signal)).containsExactly("paper-1 " + outcome + " because " + legs);
    assertThat(dispatcher.metrics())
        .contains("signal_outcomes_total{mode=\"live\",outcome=\"" + outcome + "\"}");
  }

  private static String number(double lots) {
    return lots == 0 ? "0" : Double.toString(lots);
  }

  @Test
  void the_same_ack_again_is_harmless_and_another_is_quarantined_and_told() {
    UUID signal = decide(PAIR, Action.EXIT);
    String ack = ea.ack(signal, "FILLED", "not held");
    String other = AnsweringEa.changed(ack, "not held", "closed elsewhere");
    ea.send("acks", ack, ack, other, ack);
    settle();

    assertThat(outcomes(signal)).hasSize(1).first().asString().contains("not held");
    assertThat(
            dispatcher.count(
                "core.signal_outcomes",
                "signal_id = '%s' and document = '%s'".formatted(signal, ack)))
        .isOne();
    assertThat(
            dispatcher.count(
                "core.quarantine", "payload = '" + other + "' and reason like '%before%'"))
        .isOne();
    await("told", () -> pages.actions("acks/paper-1").contains("trigger"));
    assertThat(dispatcher.metrics())
        .containsPattern("(?m)^acks_total\\{.*\"repeated\".*} ([2-9]|\\d\\d)");
  }

  @Test
  void two_accounts_answer_each_for_itself() {
    UUID signal = decide(freshPair(), Action.EXIT);
    AnsweringEa second = new AnsweringEa(dispatcher, "paper-2");
    ea.send("acks", ea.ack(signal, "FILLED", ""), second.ack(signal, "REJECTED", ""));
    settle();
    assertThat(outcomes(signal)).hasSize(2);
  }

  @Test
  void an_ack_of_a_later_signal_supersedes_what_was_overwritten_until_its_own_ack_comes() {
    String pair = freshPair();
    UUID first = decide(pair, Action.ENTER);
    UUID hold = decide(pair, Action.HOLD);
    UUID second = decide(pair, Action.EXIT);
    UUID elsewhere = decide(freshPair(), Action.EXIT);
    UUID third = decide(pair, Action.ENTER);
    String late = ea.ack(first, "FILLED", "", "FILLED", -1, "FILLED", 1);
    ea.send("acks", ea.ack(third, "EXPIRED", "expired"));
    settle();

    assertThat(outcomes(first)).hasSize(1).first().asString().startsWith("paper-1 SUPERSEDED");
    assertThat(outcomes(second)).hasSize(1).first().asString().startsWith("paper-1 SUPERSEDED");
    assertThat(outcomes(hold)).isEmpty();
    assertThat(outcomes(elsewhere)).isEmpty();
    assertThat(outcomes(third)).first().asString().contains("EXPIRED");

    ea.send("acks", late, late);
    settle();
    assertThat(outcomes(first)).hasSize(1).first().asString().contains("FILLED -1");
    ea.send("acks", ea.ack(elsewhere, "FILLED", ""));
    awaitOutcome(elsewhere);
  }

  @Test
  void an_ack_that_is_not_of_the_signal_sent_is_refused_though_it_is_sealed() {
    UUID signal = decide(freshPair(), Action.ENTER);
    UUID hold = decide(PAIR, Action.HOLD);
    UUID shadow = decide(SignalMode.SHADOW, PAIR, Action.ENTER);
    String ack = ea.ack(signal, "FILLED", "", "FILLED", -0.1, "FILLED", 0.2);
    long seq = dispatcher.seqOf(signal);
    String epoch = "\"epoch\":" + dispatcher.outcomeOf(signal).epoch();
    List<String> bad =
        List.of(
            AnsweringEa.changed(ack, "\"signal_seq\":" + seq, "\"signal_seq\":999999"),
            AnsweringEa.changed(ack, signal.toString(), UUID.randomUUID().toString()),
            AnsweringEa.changed(ack, epoch, epoch + "1"),
            AnsweringEa.changed(ack, "\"ENTER\"", "\"EXIT\""),
            AnsweringEa.changed(ack, "-0.1", "0.1"),
            AnsweringEa.changed(ack, "\"paper-1\"", "\"shadow-1\""),
            ea.ack(shadow, "EXPIRED", "expired"),
            AnsweringEa.changed(ea.ack(hold, "FILLED", ""), "\"HOLD\"", "\"EXIT\""));
    long before = quarantined("");
    ea.send("acks", bad.subList(0, 7).toArray(String[]::new));
    ea.send("acks", bad.get(7), ack);
    settle();

    assertThat(quarantined("")).isEqualTo(before + bad.size());
    assertThat(quarantined("signal " + seq + " has epoch")).isOne();
    assertThat(quarantined("asked for the other side")).isOne();
    assertThat(quarantined("asked for nothing")).isOne();
    assertThat(outcomes(signal)).hasSize(1);
    assertThat(outcomes(hold)).isEmpty();
    assertThat(outcomes(shadow)).isEmpty();
  }

  @Test
  void thousands_of_torn_and_changed_acks_are_quarantined_and_no_whole_one_is_lost() {
    Random random = new Random(21);
    List<UUID> signals = new ArrayList<>();
    List<String> documents = new ArrayList<>();
    Set<String> bad = new HashSet<>();
    for (int n = 0; n < 100; n++) {
      bar = bar.plusSeconds(600);
      signals.add(dispatcher.decide(SignalMode.LIVE, freshPair(), bar, Action.EXIT));
    }
    for (UUID signal : signals) {
      String whole = ea.ack(signal, "FILLED", "not held");
      for (int n = 0; n < 30; n++) {
        String torn = mutated(whole, random);
        if (!torn.equals(whole) && bad.add(torn)) {
          documents.add(torn);
        }
      }
      documents.add(whole);
    }
    long before = quarantined("not an ack");
    for (int from = 0; from < documents.size(); from += 500) {
      int to = Math.min(documents.size(), from + 500);
      ea.send("acks", documents.subList(from, to).toArray(String[]::new));
      settle();
    }

    assertThat(bad).hasSizeGreaterThan(2_500);
    assertThat(quarantined("not an ack")).isEqualTo(before + bad.size());
    for (UUID signal : signals) {
      assertThat(outcomes(signal)).hasSize(1).first().asString().contains("FILLED not held");
    }
  }

  private static String mutated(String whole, Random random) {
    int at = random.nextInt(whole.length());
    return switch (random.nextInt(5)) {
      case 0 -> whole.substring(0, at);
      case 1 -> whole.substring(at);
      case 2 -> whole.substring(0, at) + (char) (32 + random.nextInt(95)) + whole.substring(at + 1);
      case 3 -> whole.substring(0, at) + whole.substring(Math.min(whole.length(), at + 3));
      default ->
          whole.substring(0, at)
              + whole.charAt(random.nextInt(whole.length()))
              + whole.substring(at);
    };
  }

  @Test
  void acks_sent_while_the_dispatcher_or_the_database_is_away_are_booked_later_and_once() {
    UUID first = decide(freshPair(), Action.EXIT);
    UUID second = decide(freshPair(), Action.EXIT);
    String one = ea.ack(first, "FILLED", "");
    String two = ea.ack(second, "FILLED", "");
    dispatcher.context.close();
    ea.send("acks", one);
    try (Jedis jedis = dispatcher.servers.jedis()) {
      // All of the stream is read once more.
      jedis.del("dispatcher.acks.position");
    }
    long before = dispatcher.count("core.signal_outcomes", "true");
    dispatcher.context = dispatcher.another(pages.arguments());
    awaitOutcome(first);
    assertThat(dispatcher.count("core.signal_outcomes", "true")).isEqualTo(before + 1);
    dispatcher.servers.databaseAway(true);
    ea.send("acks", two);
    dispatcher.servers.databaseAway(false);
    awaitOutcome(second);
  }

  @Test
  void acks_in_files_are_taken_in_the_order_of_their_numbers() throws IOException {
    Path folder = Files.createDirectories(dispatcher.servers.var().resolve("results"));
    String pair = freshPair();
    UUID first = decide(pair, Action.ENTER);
    UUID second = decide(pair, Action.EXIT);
    for (UUID signal : List.of(second, first)) {
      Files.writeString(
          folder.resolve("ack-" + dispatcher.seqOf(signal) + ".json"),
          ea.ack(signal, "REJECTED", "from a file"));
    }
    awaitOutcome(first);
    awaitOutcome(second);
    assertThat(outcomes(first)).first().asString().contains("REJECTED from a file");
    await(
        "moved", () -> !Files.exists(folder.resolve("ack-" + dispatcher.seqOf(second) + ".json")));
  }
}

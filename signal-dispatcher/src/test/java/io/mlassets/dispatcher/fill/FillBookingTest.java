package io.mlassets.dispatcher.fill;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.AnsweringEa;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.testing.Listening;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

@Tag("S-03")
class FillBookingTest {
  private static final Instant BAR = Instant.parse("2025-07-01T00:00:00Z");
  private static RunningDispatcher dispatcher;
  private static long entry;
  private static long hold;
  private static long ticket = 1_000;

  @BeforeAll
  static void start() {
    dispatcher = new RunningDispatcher();
    entry =
        dispatcher.seqOf(dispatcher.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", BAR, Action.ENTER));
    hold = dispatcher.seqOf(dispatcher.decide(SignalMode.LIVE, "EURUSD-GBPUSD", BAR, Action.HOLD));
  }

  @AfterAll
  static void stop() {
    dispatcher.close();
  }

  private static String fill(long dealTicket) {
    return """
    {"account":"paper-1","signal_seq":%d,"pair":"XAUUSD-XAGUSD","symbol":"XAUUSD",\
    "side":"SELL","lots":0.12,"price":3300.5,"deal_ticket":%d,\
    "filled_at":"2025-07-01T00:01:00Z","retcode":10009}\
    """
        .formatted(entry, dealTicket);
  }

  private static void report(String... fills) {
    try (Jedis jedis = dispatcher.servers.jedis()) {
      for (String fill : fills) {
        jedis.xadd("fills", StreamEntryID.NEW_ENTRY, Map.of("json", fill));
      }
    }
  }

  /** Waits until everything reported so far was taken, by a further good fill behind it. */
  private static void settle() {
    long last = ++ticket;
    report(fill(last));
    await("fill " + last, () -> trades(last) == 1);
  }

  private static long trades(long dealTicket) {
    return dispatcher.count("core.live_trades", "deal_ticket = " + dealTicket);
  }

  private static long quarantined(String reason) {
    return dispatcher.count("core.quarantine", "reason like '%" + reason + "%'");
  }

  @Test
  void a_fill_reported_again_is_booked_once_and_other_content_is_refused() {
    long mine = ++ticket;
    String good = fill(mine);
    report(good, good, good.replace("3300.5", "3301.5"), good.replace("10009", "10006"), good);
    settle();

    assertThat(trades(mine)).isOne();
    assertThat(dispatcher.count("core.order_rejections", "deal_ticket = " + mine)).isZero();
    assertThat(quarantined("deal " + mine + " of paper-1 was booked before")).isEqualTo(2);
    assertThat(dispatcher.metrics())
        .containsPattern("(?m)^fills_total\\{.*outcome=\"repeated\".*} [2-9]");
  }

  @Test
  void a_refusal_is_an_outcome_but_no_trade() {
    long mine = ++ticket;
    report(fill(mine).replace("10009", "10006").replace("0.12", "0").replace("3300.5", "0"));
    settle();

    assertThat(trades(mine)).isZero();
    assertThat(dispatcher.count("core.order_rejections", "deal_ticket = " + mine)).isOne();
  }

  @Test
  void what_takes_an_orphan_leg_back_is_booked_as_its_exit_but_no_more_than_was_dealt()
      throws Exception {
    long dealt = ++ticket;
    long back = ++ticket;
    long more = ++ticket;
    String taken = fill(back).replace("SELL", "BUY").replace("paper-1", "paper-7");
    try (Listening heard = new Listening(dispatcher.servers, "trades")) {
      report(
          fill(dealt).replace("paper-1", "paper-7"),
          taken,
          taken,
          taken.replace(":" + back, ":" + more));
      settle();
      await("told", () -> heard.messages.stream().anyMatch(text -> text.contains(":" + back)));
      assertThat(heard.messages.stream().filter(text -> text.contains(":" + back)))
          .singleElement()
          .asString()
          .contains("\"action\":\"EXIT\"");
    }

    assertThat(dispatcher.count("core.live_trades", "action = 'ENTER' and deal_ticket = " + dealt))
        .isOne();
    assertThat(dispatcher.count("core.live_trades", "action = 'EXIT' and deal_ticket = " + back))
        .isOne();
    assertThat(trades(more)).isZero();
    assertThat(
            dispatcher.count(
                "analytics.leg_results", "entry_seq = %1$d and exit_seq = %1$d".formatted(entry)))
        .isPositive();
  }

  @Test
  void a_shadow_account_cannot_fill_a_live_signal() {
    long mine = ++ticket;
    report(fill(mine).replace("paper-1", "shadow-paper-1"));
    settle();

    assertThat(trades(mine)).isZero();
    assertThat(quarantined("no signal " + entry + " in all:shadow")).isOne();
  }

  @Test
  void every_damaged_fill_is_quarantined_whole_and_the_good_ones_behind_it_are_booked() {
    String good = fill(77);
    List<String> bad =
        List.of(
            "",
            "no json",
            "null",
            "[]",
            good.substring(0, good.length() / 2),
            good + good,
            good.replace("\"signal_seq\":" + entry, "\"signal_seq\":999999"),
            good.replace("\"signal_seq\":" + entry, "\"signal_seq\":" + entry + ".7"),
            good.replace("\"signal_seq\":" + entry, "\"signal_seq\":" + hold)
                .replace("XAUUSD-XAGUSD", "EURUSD-GBPUSD")
                .replace("\"XAUUSD\"", "\"EURUSD\""),
            good.replace("XAUUSD-XAGUSD", "XAUUSD-EURUSD"),
            good.replace("XAUUSD-XAGUSD", "NOSUCH-PAIR"),
            good.replace("SELL", "BUY").replace("paper-1", "paper-9"),
            good.replace("SELL", "BUY").replace("0.12", "900"),
            good.replace("\"XAUUSD\"", "\"EURUSD\""),
            good.replace("SELL", "SIDEWAYS"),
            good.replace("0.12", "-0.12"),
            good.replace("0.12", "\"NaN\""),
            good.replace("3300.5", "1e999"),
            good.replace("\"lots\"", "\"lots\":0.5,\"lots\""),
            good.replace("paper-1", "pa\\u0000per"),
            good.replace("2025-07-01T00:01:00Z", "+999999999-12-31T23:59:59Z"),
            good.replace(",\"retcode\":10009", ""));
    long before = dispatcher.count("core.quarantine", "source = 'stream fills'");
    report(bad.toArray(String[]::new));
    settle();

    assertThat(trades(77)).isZero();
    assertThat(dispatcher.count("core.quarantine", "source = 'stream fills'"))
        .isEqualTo(before + bad.size());
    for (String each : bad) {
      assertThat(
              dispatcher
                  .owner
                  .sql("select count(*) from core.quarantine where payload = ? and reason <> ''")
                  .param(each)
                  .query(Long.class)
                  .single())
          .as(each)
          .isEqualTo(1);
    }
  }

  @Test
  void fills_reported_while_the_dispatcher_or_a_server_is_away_are_booked_later() {
    long first = ++ticket;
    long second = ++ticket;
    long third = ++ticket;
    dispatcher.context.close();
    report(fill(first));
    dispatcher.context = dispatcher.another();
    await("first", () -> trades(first) == 1);
    dispatcher.servers.databaseAway(true);
    report(fill(second));
    dispatcher.servers.databaseAway(false);
    await("second", () -> trades(second) == 1);
    dispatcher.servers.stopRedis();
    dispatcher.servers.startRedis();
    report(fill(third));
    await("third", () -> trades(third) == 1);
  }

  @Test
  void a_trade_is_told_although_redis_was_away_between_booking_and_telling() throws Exception {
    long mine = ++ticket;
    try (var connection = dispatcher.servers.dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table core.live_trades in exclusive mode");
      report(fill(mine));
      await(
          "booking",
          () ->
              dispatcher.count(
                      "pg_locks", "relation = 'core.live_trades'::regclass and not granted")
                  == 1);
      dispatcher.servers.stopRedis();
      connection.commit();
      await("booked", () -> trades(mine) == 1);
      dispatcher.servers.startRedis();
    }
    try (Listening heard = new Listening(dispatcher.servers, "trades")) {
      await(
          "told", () -> heard.messages.stream().anyMatch(text -> text.contains(":" + mine + ",")));
      await("nothing left to tell", () -> dispatcher.count("core.trade_notices", "true") == 0);
    }
  }

  @Test
  void a_trade_nobody_heard_of_is_told_to_the_first_who_listens() throws Exception {
    long mine = ++ticket;
    report(fill(mine));
    settle();
    settle();
    try (Listening heard = new Listening(dispatcher.servers, "trades")) {
      await(
          "told", () -> heard.messages.stream().anyMatch(text -> text.contains(":" + mine + ",")));
    }
  }

  @Test
  void result_files_become_fills_and_bad_ones_are_set_aside_with_a_reason() throws IOException {
    Path folder = Files.createDirectories(dispatcher.servers.var().resolve("results"));
    long one = ++ticket;
    long two = ++ticket;
    long three = ++ticket;
    Files.writeString(folder.resolve("result-bad.json"), "{\"account\":");
    Files.setLastModifiedTime(
        folder.resolve("result-bad.json"), FileTime.from(Instant.parse("2025-07-01T00:00:00Z")));
    Path twice = folder.resolve("result-twice.json");
    Files.writeString(twice, "[" + fill(one).replace("\"lots\":", "\"lots\":9,\"lots\":") + "]");
    Files.setLastModifiedTime(twice, FileTime.from(Instant.parse("2025-07-01T00:00:00Z")));
    Files.writeString(folder.resolve("result.json"), fill(one));
    Files.writeString(folder.resolve("result-2.json"), "[" + fill(two) + "," + fill(three) + "]");

    await("fills", () -> trades(one) + trades(two) + trades(three) == 3);
    long four = ++ticket;
    long five = ++ticket;
    String envelope = "{\"account\":\"paper-1\",\"signal_seq\":%d,\"fills\":[%s]";
    Files.writeString(
        folder.resolve("result-7.json"), AnsweringEa.seal(envelope.formatted(entry, fill(four))));
    Files.writeString(folder.resolve("result-8.json"), envelope.formatted(entry, fill(five)) + "}");
    long forged = ++ticket;
    String sealed = AnsweringEa.seal(envelope.formatted(entry, fill(five)));
    Files.writeString(
        folder.resolve("result-9.json"), sealed.replace(":" + five, ":" + forged) + "\n");
    await("sealed", () -> trades(four) == 1);
    await("moved", () -> names(folder).equals(List.of("done", "quarantine")));
    assertThat(trades(five)).isZero();
    assertThat(trades(forged)).isZero();
    assertThat(quarantined("result-8.json: not sealed")).isOne();
    assertThat(quarantined("result-9.json: not sealed")).isOne();
    assertThat(names(folder.resolve("done"))).hasSize(3);
    assertThat(names(folder.resolve("quarantine")))
        .hasSize(8)
        .anyMatch(name -> name.endsWith("result-bad.json.reason"));
    assertThat(quarantined("result-bad.json: not JSON")).isOne();
    assertThat(quarantined("result-twice.json: not JSON: Duplicate")).isOne();

    Files.writeString(folder.resolve("result.json"), fill(one));
    await("moved again", () -> names(folder.resolve("done")).size() == 4);
    settle();
    assertThat(trades(one)).isOne();
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.mlassets.suite.ea;

import static io.mlassets.suite.ea.TradingFloor.await;
import static io.mlassets.suite.ea.TradingFloor.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Expert Advisor that ends and comes back: no order twice, none lost. */
@Tag("S-01")
class PaperEaRestartTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  @TempDir Path folder;
  private TestServers servers;
  private TradingFloor floor;
  private Path journal;

  @BeforeEach
  void start() {
    servers = TestServers.start();
    floor = new TradingFloor(servers.redis());
    floor.bar("XAUUSD", 2_000);
    floor.bar("XAGUSD", 25);
    journal = folder.resolve("paper-test.jsonl");
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private PaperEa advisor() throws InterruptedException {
    return TradingFloor.listening(servers.redis(), TradingFloor.PLAIN, folder);
  }

  /** One life of an advisor: it obeys up to a number and ends. */
  private void liveUntil(long seq) throws Exception {
    try (PaperEa ea = advisor()) {
      await("number " + seq, () -> ea.lastSeq() == seq);
      await("fills sent", () -> ea.fillsSent() == journaled().size());
    }
  }

  private List<JsonNode> journaled() {
    try {
      return Files.readAllLines(journal).stream()
          .flatMap(line -> JSON.readTree(line).path("deals").valueStream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Timeout(600)
  void killed_again_and_again_it_orders_each_leg_once_and_loses_none() throws Exception {
    int signals = 240;
    int kills = 6;
    SplittableRandom random = new SplittableRandom(7);
    long filled = 0;
    Process advisor = AdvisorProcess.start(servers.redis(), folder);
    try {
      for (int seq = 1; seq <= signals; seq++) {
        Action action = List.of(Action.ENTER, Action.HOLD, Action.EXIT).get(seq % 3);
        floor.send(seq, signal(seq, action), random.nextInt(4) > 0);
        if (seq % (signals / kills) == 0) {
          long before = filled;
          await("something was done in this life", () -> floor.fills().size() > before);
          Thread.sleep(random.nextInt(30));
          advisor.destroyForcibly().waitFor();
          filled = floor.fills().size();
          advisor = AdvisorProcess.start(servers.redis(), folder);
        }
      }
      await("the last fills", () -> floor.fills().size() >= 2 * signals * 2 / 3 - 2);
    } finally {
      advisor.destroyForcibly().waitFor();
    }

    List<JsonNode> fills = floor.fills();
    assertThat(fills.stream().map(fill -> fill.path("deal_ticket").asLong()))
        .doesNotHaveDuplicates();
    Map<Long, String> legs =
        fills.stream()
            .collect(
                Collectors.groupingBy(
                    fill -> fill.path("signal_seq").asLong(),
                    TreeMap::new,
                    Collectors.mapping(
                        fill -> fill.path("side").asString() + " " + fill.path("symbol").asString(),
                        Collectors.joining(", "))));
    Map<Long, String> expected = new TreeMap<>();
    boolean held = false;
    for (long seq = 1; seq <= signals; seq++) {
      if (seq % 3 == 0 && !held) {
        expected.put(seq, "SELL XAUUSD, BUY XAGUSD");
        held = true;
      } else if (seq % 3 == 2 && held) {
        expected.put(seq, "BUY XAUUSD, SELL XAGUSD");
        held = false;
      }
    }
    assertThat(legs).isEqualTo(expected);
    assertThat(journaled()).containsExactlyInAnyOrderElementsOf(fills);
  }

  @Test
  void deals_that_did_not_reach_redis_are_sent_later_as_they_were() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    liveUntil(1);
    List<JsonNode> made = floor.fills();
    assertThat(made).hasSize(2);
    // As if it had died between its journal and Redis, and the market had moved on since.
    try (Jedis redis = servers.jedis()) {
      redis.del("fills");
    }
    floor.bar("XAUUSD", 2_100);

    liveUntil(1);

    assertThat(floor.fills()).isEqualTo(made);
    liveUntil(1);
    assertThat(floor.fills()).as("not once more").isEqualTo(made);
  }

  @Test
  void an_order_it_was_killed_over_is_looked_up_at_the_broker_and_not_given_again()
      throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    liveUntil(1);
    List<JsonNode> made = floor.fills();
    Path broker = folder.resolve("paper-test.broker.jsonl");
    // As if it had died before it heard of the first leg's deal.
    cutBehind(journal, "\"kind\":\"order\"");
    cutBehind(broker, "\"deals\":[");
    try (Jedis redis = servers.jedis()) {
      redis.del("fills", "acks");
    }

    liveUntil(1);

    assertThat(floor.fills()).isEqualTo(made).isEqualTo(journaled());
    assertThat(Files.readAllLines(broker)).hasSize(2);
  }

  private static void cutBehind(Path file, String what) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int at = 0;
    while (!lines.get(at).contains(what)) {
      at++;
    }
    Files.write(file, lines.subList(0, at + 1));
  }

  @Test
  void what_was_held_before_is_not_opened_again_and_is_closed_whole() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    liveUntil(1);
    floor.send(2, signal(2, Action.ENTER), false);
    liveUntil(2);
    floor.send(3, signal(3, Action.HOLD), false);
    floor.send(4, signal(4, Action.EXIT), false);
    liveUntil(4);

    List<JsonNode> fills = floor.fills();
    assertThat(fills.stream().map(fill -> fill.path("signal_seq").asInt()))
        .containsExactly(1, 1, 4, 4);
    assertThat(fills.get(2).path("lots")).isEqualTo(fills.get(0).path("lots"));
    assertThat(fills.get(3).path("lots")).isEqualTo(fills.get(1).path("lots"));
    assertThat(Files.readString(journal)).contains("\"held already\"");
  }

  @Test
  void what_is_held_is_closed_at_a_price_however_long_ago_it_was_quoted() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    liveUntil(1);
    for (int i = 0; i < 1_100; i++) {
      floor.bar("EURJPY", 160);
    }
    floor.send(2, signal(2, Action.EXIT), true);
    liveUntil(2);

    assertThat(floor.fills().stream().map(fill -> fill.path("retcode").asInt()))
        .containsExactly(10_009, 10_009, 10_009, 10_009);
  }

  @Test
  void without_a_quote_it_says_so_and_goes_on_holding() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    liveUntil(1);
    try (Jedis redis = servers.jedis()) {
      redis.del("bars");
    }
    floor.bar("XAUUSD", 2_000);
    floor.send(2, signal(2, Action.EXIT), true);
    liveUntil(2);
    floor.bar("XAGUSD", 25);
    floor.send(3, signal(3, Action.EXIT), true);
    liveUntil(3);

    assertThat(
            floor.fills().stream()
                .skip(2)
                .map(
                    fill ->
                        "%s %s %s"
                            .formatted(
                                fill.path("signal_seq"),
                                fill.path("symbol").asString(),
                                fill.path("retcode"))))
        .containsExactly("2 XAUUSD 10009", "2 XAGUSD 10021", "3 XAGUSD 10009");
  }

  @Test
  void a_line_torn_by_a_crash_is_cut_off_and_its_signal_obeyed() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    liveUntil(1);
    String whole = Files.readString(journal);
    Files.writeString(journal, "{\"seq\":2,\"signal_id\":\"00", StandardOpenOption.APPEND);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    Logger logger = (Logger) LoggerFactory.getLogger(LineFile.class);
    logger.addAppender(logged);
    try {
      floor.send(2, signal(2, Action.EXIT), false);
      liveUntil(2);
    } finally {
      logger.detachAppender(logged);
    }

    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains(journal.toString(), "torn", "{\"seq\":2,\"signal_id\":\"00");
    assertThat(floor.fills()).hasSize(4).isEqualTo(journaled());
    assertThat(Files.readString(journal)).startsWith(whole + "{\"seq\":2,");
  }

  @Test
  void a_damaged_journal_and_one_in_use_are_refused_by_name() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    try (PaperEa ea = advisor()) {
      await("one", () -> ea.lastSeq() == 1);
      assertThatThrownBy(this::advisor)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("another Expert Advisor has " + journal);
    }
    String line = Files.readAllLines(journal).getFirst();
    Files.writeString(journal, line + "\n" + line + "\n");
    assertThatThrownBy(this::advisor)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(journal + ": line 2 has number 1 after 1: " + line);
    Files.writeString(journal, "{\"seq\":1,\n" + line + "\n");
    assertThatThrownBy(this::advisor)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(journal + ": line 1 is no entry: {\"seq\":1,");
  }

  @Test
  void signals_of_another_history_are_not_obeyed() throws Exception {
    floor.send(1, signal(1, Action.ENTER), true);
    liveUntil(1);
    try (Jedis redis = servers.jedis()) {
      redis.del("signals.log", "fills");
    }
    String other =
        signal(1, Action.ENTER).replace("00000000-0000-0000-0000-", "00000000-0000-0000-1111-");
    floor.send(1, other, false);
    floor.send(2, signal(2, Action.EXIT), false);

    try (PaperEa ea = TradingFloor.advisor(servers.redis(), TradingFloor.PLAIN, folder).start()) {
      Thread.sleep(1_500);
      assertThat(ea.listening()).isFalse();
      assertThat(ea.lastSeq()).isEqualTo(1);
    }
    assertThat(floor.fills()).isEmpty();
  }
}

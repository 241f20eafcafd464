package io.mlassets.dispatcher;

import io.mlassets.dispatcher.RunningDispatcher.Outcome;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.SignalKey;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as an Expert Advisor does, byte for byte, without trading. */
public final class AnsweringEa {
  private static final SignalKey KEY = SignalKey.of(TestServers.SIGNAL_KEY);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AtomicLong TICKETS = new AtomicLong(50_000);
  private final RunningDispatcher dispatcher;
  private final String account;

  public AnsweringEa(RunningDispatcher dispatcher, String account) {
    this.dispatcher = dispatcher;
    this.account = account;
  }

  public static String seal(String open) {
    return KEY.seal(open);
  }

  /** The same document with something changed, sealed again. */
  public static String changed(String document, String from, String to) {
    String open = document.substring(0, document.indexOf(",\"mac\""));
    if (!open.contains(from)) {
      throw new AssertionError(from + " is not in " + open);
    }
    return seal(open.replace(from, to));
  }

  /** An ack without deals. */
  public String ack(UUID signal, String outcome, String reason) {
    return ack(signal, outcome, reason, outcome, 0, outcome, 0);
  }

  public String ack(
      UUID signal,
      String outcome,
      String reason,
      String first,
      double firstLots,
      String second,
      double secondLots) {
    Outcome sent = dispatcher.outcomeOf(signal);
    JsonNode payload = JSON.readTree(sent.payload());
    Matcher pair =
        Pattern.compile("(.*) vs (.*)").matcher(payload.path("pair").asString().replace("/", ""));
    if (!pair.matches()) {
      throw new AssertionError(sent.payload());
    }
    return seal(
        """
        {"account":"%s","signal_seq":%d,"signal_id":"%s","epoch":%d,"pair":"%s-%s","action":"%s",\
        "outcome":"%s","reason":"%s","legs":[{"leg":0,"symbol":"%s","outcome":"%s","lots":%s},\
        {"leg":1,"symbol":"%s","outcome":"%s","lots":%s}],"at":"2025-07-01T00:01:00Z"\
        """
            .formatted(
                account,
                sent.seq(),
                signal,
                payload.path("epoch").asLong(),
                pair.group(1),
                pair.group(2),
                payload.path("action").asString(),
                outcome,
                reason,
                pair.group(1),
                first,
                plain(firstLots),
                pair.group(2),
                second,
                plain(secondLots)));
  }

  private static String plain(double lots) {
    return lots == (long) lots ? Long.toString((long) lots) : Double.toString(lots);
  }

  /** A deal of a signal. */
  public String fill(long seq, String pair, String symbol, double lots) {
    return """
    {"account":"%s","signal_seq":%d,"pair":"%s","symbol":"%s","side":"%s","lots":%s,"price":1.5,\
    "deal_ticket":%d,"filled_at":"2025-07-01T00:01:00Z","retcode":10009}\
    """
        .formatted(
            account,
            seq,
            pair,
            symbol,
            lots > 0 ? "BUY" : "SELL",
            Math.abs(lots),
            TICKETS.incrementAndGet());
  }

  /**
   * A report.
   *
   * @param journal {@code PAIR SYMBOL LOTS}, separated by commas
   * @param broker {@code SYMBOL LOTS}; {@code unknown}
   */
  public String positions(long lastSeq, String journal, String broker) {
    return seal(
        "{\"account\":\"%s\",\"last_seq\":%d,\"at\":null,\"journal\":[%s],\"broker\":%s,\"difference\":\"\""
            .formatted(
                account,
                lastSeq,
                journal.replaceAll(
                    "([^ ,]+) ([^ ,]+) ([-.\\d]+)",
                    "{\"pair\":\"$1\",\"symbol\":\"$2\",\"lots\":$3}"),
                broker.equals("unknown")
                    ? "null"
                    : "["
                        + broker.replaceAll("(\\w+) ([-.\\d]+)", "{\"symbol\":\"$1\",\"lots\":$2}")
                        + "]"));
  }

  /** Sends documents to a stream, in order. */
  public void send(String stream, String... documents) {
    try (Jedis jedis = dispatcher.servers.jedis()) {
      for (String document : documents) {
        jedis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("json", document));
      }
    }
  }
}

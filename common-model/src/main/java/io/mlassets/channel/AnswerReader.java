package io.mlassets.channel;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalSeal;
import io.mlassets.trade.HeldLots;
import io.mlassets.trade.LegOutcome;
import io.mlassets.trade.NetLots;
import io.mlassets.trade.PositionReport;
import io.mlassets.trade.SignalAck;
import io.mlassets.trade.SignalOutcome;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what Expert Advisors answer: documents, sealed where there is a key, of {@link
 * DocumentForm}'s form.
 */
public final class AnswerReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern TIME =
      Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

  private final SignalSeal seal;

  /** With what documents are sealed with. */
  public AnswerReader(SignalSeal seal) {
    this.seal = seal;
  }

  /**
   * Reads an ack.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public SignalAck ack(String text) {
    JsonNode node = opened(text);
    return new SignalAck(
        text(node, "account"),
        whole(node, "signal_seq"),
        signalId(node),
        whole(node, "epoch"),
        pair(node),
        oneOf(node, "action", Action.class),
        oneOf(node, "outcome", SignalOutcome.class),
        text(node, "reason"),
        list(
            node,
            "legs",
            leg ->
                new LegOutcome(
                    (int) Math.min(whole(leg, "leg"), Integer.MAX_VALUE),
                    symbol(leg),
                    oneOf(leg, "outcome", SignalOutcome.class),
                    number(leg, "lots"))),
        time(node));
  }

  /**
   * Reads a report of positions.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public PositionReport positions(String text) {
    JsonNode node = opened(text);
    boolean brokerKnown = !member(node, "broker").isNull();
    return new PositionReport(
        text(node, "account"),
        whole(node, "last_seq"),
        time(node),
        list(node, "journal", held -> new HeldLots(pair(held), symbol(held), number(held, "lots"))),
        brokerKnown
            ? list(node, "broker", net -> new NetLots(symbol(net), number(net, "lots")))
            : null,
        text(node, "difference"));
  }

  private JsonNode opened(String text) {
    if (!seal.holds(text)) {
      throw new IllegalArgumentException(
          "not sealed: the last member must be mac, made with SIGNAL_KEY");
    }
    DocumentForm.require(text);
    return JSON.readTree(text);
  }

  private static JsonNode member(JsonNode node, String name) {
    JsonNode member = node.get(name);
    if (member == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return member;
  }

  private static IllegalArgumentException wrong(String name, JsonNode value, String expected) {
    return new IllegalArgumentException("%s %s is not %s".formatted(name, value, expected));
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = member(node, name);
    if (!value.isString()) {
      throw wrong(name, value, "a text");
    }
    return value.asString();
  }

  private static long whole(JsonNode node, String name) {
    JsonNode value = member(node, name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, value, "a whole number");
    }
    return value.asLong();
  }

  private static double number(JsonNode node, String name) {
    JsonNode value = member(node, name);
    if (!value.isNumber()) {
      throw wrong(name, value, "a number");
    }
    return value.asDouble();
  }

  private static <E extends Enum<E>> E oneOf(JsonNode node, String name, Class<E> type) {
    String text = text(node, name);
    for (E one : type.getEnumConstants()) {
      if (one.name().equals(text)) {
        return one;
      }
    }
    throw wrong(name, member(node, name), "one of " + List.of(type.getEnumConstants()));
  }

  private static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> reading) {
    JsonNode value = member(node, name);
    if (!value.isArray()) {
      throw wrong(name, value, "a list");
    }
    List<T> all = new ArrayList<>();
    for (JsonNode one : value) {
      if (!one.isObject()) {
        throw wrong(name, one, "made of objects");
      }
      all.add(reading.apply(one));
    }
    return all;
  }

  private static UUID signalId(JsonNode node) {
    String text = text(node, "signal_id");
    UUID id = UUID.fromString(text);
    if (!id.toString().equals(text)) {
      throw wrong("signal_id", member(node, "signal_id"), "a UUID in lower case");
    }
    return id;
  }

  private static Pair pair(JsonNode node) {
    String text = text(node, "pair");
    Pair pair = Pair.parse(text);
    if (!pair.id().equals(text)) {
      throw wrong("pair", member(node, "pair"), "of the form A-B");
    }
    return pair;
  }

  private static Symbol symbol(JsonNode node) {
    return new Symbol(text(node, "symbol"));
  }

  private static @Nullable Instant time(JsonNode node) {
    if (member(node, "at").isNull()) {
      return null;
    }
    String text = text(node, "at");
    if (!TIME.matcher(text).matches()) {
      throw wrong("at", member(node, "at"), "a UTC time of this century, or null");
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("at '%s' is no time".formatted(text), e);
    }
  }
}

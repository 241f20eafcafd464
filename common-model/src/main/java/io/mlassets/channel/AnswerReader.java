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
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads what Expert Advisors answer: documents, sealed where there is a key. */
public final class AnswerReader {
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
    StrictJson json = opened(text);
    return new SignalAck(
        json.text("account"),
        json.whole("signal_seq"),
        signalId(json),
        json.whole("epoch"),
        pair(json, ""),
        oneOf(json, "action", Action.class),
        oneOf(json, "outcome", SignalOutcome.class),
        json.text("reason"),
        list(
            json,
            "legs",
            leg ->
                new LegOutcome(
                    (int) Math.min(json.whole(leg + "leg"), Integer.MAX_VALUE),
                    symbol(json, leg),
                    oneOf(json, leg + "outcome", SignalOutcome.class),
                    json.number(leg + "lots"))),
        json.timeOrNull("at"));
  }

  /**
   * Reads a report of positions.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public PositionReport positions(String text) {
    StrictJson json = opened(text);
    return new PositionReport(
        json.text("account"),
        json.whole("last_seq"),
        json.timeOrNull("at"),
        list(
            json,
            "journal",
            held -> new HeldLots(pair(json, held), symbol(json, held), json.number(held + "lots"))),
        json.isNull("broker")
            ? null
            : list(
                json, "broker", net -> new NetLots(symbol(json, net), json.number(net + "lots"))),
        json.text("difference"));
  }

  private StrictJson opened(String text) {
    if (!seal.holds(text)) {
      throw new IllegalArgumentException(
          "not sealed: the last member must be mac, made with SIGNAL_KEY");
    }
    return StrictJson.read(text);
  }

  private static <E extends Enum<E>> E oneOf(StrictJson json, String path, Class<E> type) {
    String text = json.text(path);
    for (E one : type.getEnumConstants()) {
      if (one.name().equals(text)) {
        return one;
      }
    }
    throw json.wrong(path, "one of " + List.of(type.getEnumConstants()));
  }

  /** What is made of each object of a list, by the beginning of its members' paths. */
  private static <T> List<T> list(StrictJson json, String path, Function<String, T> reading) {
    return IntStream.range(0, json.objects(path))
        .mapToObj(i -> reading.apply(path + "[" + i + "]."))
        .toList();
  }

  private static UUID signalId(StrictJson json) {
    String text = json.text("signal_id");
    UUID id = UUID.fromString(text);
    if (!id.toString().equals(text)) {
      throw json.wrong("signal_id", "a UUID in lower case");
    }
    return id;
  }

  private static Pair pair(StrictJson json, String within) {
    String text = json.text(within + "pair");
    Pair pair = Pair.parse(text);
    if (!pair.id().equals(text)) {
      throw json.wrong(within + "pair", "of the form A-B");
    }
    return pair;
  }

  private static Symbol symbol(StrictJson json, String within) {
    return new Symbol(json.text(within + "symbol"));
  }
}

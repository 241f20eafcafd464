package io.mlassets.ea;

import io.mlassets.channel.StrictJson;
import io.mlassets.channel.UnfitDocumentException;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Side;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an Expert Advisor reads of a signal.
 *
 * @param seq sequence number, from 1
 * @param id which signal has that number
 * @param epoch of the dispatcher that gave the number
 * @param pair whose
 * @param action what it asks for
 * @param legs of ENTER and EXIT, in the pair's order; none for HOLD
 * @param scale share of the full position, in [0, 1]
 * @param risk whether the risk flag is up
 * @param barTs UTC start of the bar decided on
 * @param expiresAt an entry is not executed after it
 */
record EaSignal(
    long seq,
    String id,
    long epoch,
    Pair pair,
    Action action,
    List<Leg> legs,
    double scale,
    boolean risk,
    Instant barTs,
    Instant expiresAt) {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{3,16}");
  private static final double SMALLEST_WEIGHT = 1e-6;
  private static final double LARGEST_SCORE = 1e6;

  /** Reads a text; empty when it is no signal of that mode sealed with that key. */
  static Optional<EaSignal> read(String text, SignalSeal seal, SignalMode mode) {
    if (text.length() >= SignalJson.LIMIT_BYTES || !seal.holds(text)) {
      return Optional.empty();
    }
    return StrictJson.tryRead(text, json -> read(json, mode));
  }

  private static EaSignal read(StrictJson json, SignalMode mode) {
    if (!json.text("mode", 8).equals(mode.wire())) {
      throw new UnfitDocumentException("of the other mode");
    }
    requireScores(json);
    json.time("timestamp");
    Pair pair = pair(json.text("pair", 40));
    Action action = action(json.text("action", 5));
    return new EaSignal(
        positive(json.counter("seq")),
        id(json.text("signal_id", 36)),
        json.counter("epoch"),
        pair,
        action,
        legs(json, pair, action),
        json.number("position_scale", 0, 1),
        risk(json.counter("risk_flag")),
        json.time("bar_ts"),
        json.time("expires_at"));
  }

  private static void requireScores(StrictJson json) {
    json.number("z_score", -LARGEST_SCORE, LARGEST_SCORE);
    for (String share :
        List.of("return_prob", "risk_score", "confidence", "theta1", "theta2", "position_scale")) {
      json.number(share, 0, 1);
    }
  }

  private static long positive(long seq) {
    if (seq < 1) {
      throw new UnfitDocumentException("seq is not positive");
    }
    return seq;
  }

  private static boolean risk(long flag) {
    if (flag > 1) {
      throw new UnfitDocumentException("risk_flag is neither 0 nor 1");
    }
    return flag == 1;
  }

  /** Requires the form of an id. */
  static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new UnfitDocumentException("signal_id is none");
    }
    return text;
  }

  private static Action action(String text) {
    return switch (text) {
      case "ENTER" -> Action.ENTER;
      case "EXIT" -> Action.EXIT;
      case "HOLD" -> Action.HOLD;
      default -> throw new UnfitDocumentException("no such action");
    };
  }

  private static Pair pair(String shown) {
    int between = shown.indexOf(" vs ");
    if (between < 0) {
      throw new UnfitDocumentException("pair is none");
    }
    return pair(
        shown.substring(0, between).replaceFirst("/", ""),
        shown.substring(between + 4).replaceFirst("/", ""));
  }

  /** A pair of two symbols. */
  static Pair pair(String a, String b) {
    if (!SYMBOL.matcher(a).matches() || !SYMBOL.matcher(b).matches() || a.equals(b)) {
      throw new UnfitDocumentException("pair is none");
    }
    return new Pair(new Symbol(a), new Symbol(b));
  }

  /** Legs stand in the order of the pair, none for a HOLD, and say the same as the member entry. */
  private static List<Leg> legs(StrictJson json, Pair pair, Action action) {
    json.requireList("legs");
    List<Leg> legs = new ArrayList<>();
    StringBuilder expected = new StringBuilder();
    if (action == Action.HOLD) {
      expected.append("HOLD");
    } else {
      for (Symbol symbol : pair.legs()) {
        Leg leg = leg(json, "legs[" + legs.size() + "]", symbol);
        expected
            .append(legs.isEmpty() ? "" : ", ")
            .append(action == Action.EXIT ? "CLOSE" : leg.side())
            .append('_')
            .append(symbol);
        legs.add(leg);
      }
    }
    if (json.has("legs[" + legs.size() + "]") || !json.text("entry", 64).contentEquals(expected)) {
      throw new UnfitDocumentException("legs and entry differ");
    }
    return List.copyOf(legs);
  }

  private static Leg leg(StrictJson json, String path, Symbol symbol) {
    String side = json.text(path + ".side", 4);
    if (!json.text(path + ".symbol", 16).equals(symbol.name())
        || !(side.equals("BUY") || side.equals("SELL"))) {
      throw new UnfitDocumentException(path + " is no leg of the pair");
    }
    return new Leg(symbol, Side.valueOf(side), json.number(path + ".weight", SMALLEST_WEIGHT, 1));
  }
}

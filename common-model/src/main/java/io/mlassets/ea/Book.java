package io.mlassets.ea;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Who holds what: lots by pair and leg, as the journal has them, and the broker's by symbol. */
final class Book {
  /** Lots nearer than this are the same. */
  static final double SMALLEST = 0.000001;

  private static final int MOST_PAIRS = 256;

  private final Map<Pair, PairBook> pairs = new LinkedHashMap<>();
  private final Map<Symbol, Double> broker = new LinkedHashMap<>();
  private boolean told;

  @Nullable PairBook find(Pair pair) {
    return pairs.get(pair);
  }

  /** The pair's book, made when new; empty when there are too many. */
  Optional<PairBook> of(Pair pair) {
    PairBook found = pairs.get(pair);
    if (found == null && pairs.size() < MOST_PAIRS) {
      found = new PairBook(pair);
      pairs.put(pair, found);
    }
    return Optional.ofNullable(found);
  }

  Collection<PairBook> pairs() {
    return pairs.values();
  }

  long pairsHeld() {
    return pairs.values().stream().filter(PairBook::isHeld).count();
  }

  /** A deal of ours; one that was looked up is in the broker's figures already. */
  void deal(PairBook pair, int leg, double lots, boolean isNew) {
    pair.set(leg, pair.lots(leg) + lots);
    if (isNew) {
      broker.merge(
          pair.symbol(leg), EaText.rounded(lots), (before, more) -> EaText.rounded(before + more));
    }
  }

  /** What the broker says; symbols it does not name are flat. */
  void broker(Map<Symbol, Double> lots) {
    told = true;
    broker.replaceAll((symbol, before) -> 0.0);
    lots.forEach((symbol, held) -> broker.put(symbol, EaText.rounded(held)));
  }

  private double net(Symbol symbol) {
    double net = 0;
    for (PairBook pair : pairs.values()) {
      for (int leg = 0; leg < 2; leg++) {
        net += pair.symbol(leg).equals(symbol) ? pair.lots(leg) : 0;
      }
    }
    return EaText.rounded(net);
  }

  /**
   * Lots an order must have to close a leg (D6): what is held, but no more than brings the broker's
   * net lots of the symbol to what the other pairs hold of it.
   */
  double closing(PairBook pair, int leg) {
    double held = pair.lots(leg);
    if (!told || held == 0) {
      return -held;
    }
    Symbol symbol = pair.symbol(leg);
    double change = EaText.rounded(net(symbol) - held - broker.getOrDefault(symbol, 0.0));
    return held > 0 ? Math.max(-held, Math.min(0, change)) : Math.min(-held, Math.max(0, change));
  }

  /** The first symbol of which broker and journal differ, with both figures; empty for none. */
  Optional<String> difference() {
    if (!told) {
      return Optional.empty();
    }
    for (Map.Entry<Symbol, Double> one : broker.entrySet()) {
      if (Math.abs(net(one.getKey()) - one.getValue()) > SMALLEST) {
        return Optional.of(difference(one.getKey(), one.getValue()));
      }
    }
    for (PairBook pair : pairs.values()) {
      for (int leg = 0; leg < 2; leg++) {
        if (pair.lots(leg) != 0 && !broker.containsKey(pair.symbol(leg))) {
          return Optional.of(difference(pair.symbol(leg), 0));
        }
      }
    }
    return Optional.empty();
  }

  private String difference(Symbol symbol, double held) {
    return "%s: journal %s, broker %s"
        .formatted(symbol, EaText.number(net(symbol)), EaText.number(held));
  }

  /** Both views as members of the report. */
  String report() {
    StringJoiner journal = new StringJoiner(",", "\"journal\":[", "]");
    for (PairBook pair : pairs.values()) {
      for (int leg = 0; leg < 2; leg++) {
        if (pair.lots(leg) != 0) {
          journal.add(
              "{\"pair\":\"%s\",\"symbol\":\"%s\",\"lots\":%s}"
                  .formatted(pair.pair(), pair.symbol(leg), EaText.number(pair.lots(leg))));
        }
      }
    }
    StringJoiner there = new StringJoiner(",", "[", "]");
    broker.forEach(
        (symbol, lots) -> {
          if (lots != 0) {
            there.add("{\"symbol\":\"%s\",\"lots\":%s}".formatted(symbol, EaText.number(lots)));
          }
        });
    return journal + ",\"broker\":" + (told ? there : "null");
  }
}

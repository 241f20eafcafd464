package io.mlassets.trade;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where record, journal and broker do not agree.
 *
 * @param symbol the symbol
 * @param pair null: net over all pairs; otherwise the net agrees, but not what this pair has of it
 * @param ours lots by the deals booked
 * @param journal lots by the Expert Advisor's journal
 * @param broker net lots by its broker; null when it does not know, and for a pair
 */
public record PositionDifference(
    Symbol symbol, @Nullable Pair pair, double ours, double journal, @Nullable Double broker) {

  /** In one line, such as {@code XAUUSD: ours 0.1, journal 0, broker 0}. */
  public String text() {
    String of = pair == null ? symbol.name() : symbol + " of " + pair;
    String held = broker == null ? "unknown" : plain(broker);
    return "%s: ours %s, journal %s%s"
        .formatted(of, plain(ours), plain(journal), pair == null ? ", broker " + held : "");
  }

  private static String plain(double lots) {
    String text = String.format(Locale.ROOT, "%.8f", lots);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}

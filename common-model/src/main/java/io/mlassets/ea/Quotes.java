package io.mlassets.ea;

import io.mlassets.market.Symbol;
import io.mlassets.signal.Side;
import java.util.HashMap;
import java.util.Map;

/** Prices and volumes of instruments (D5). */
final class Quotes {
  private final Map<Symbol, EaQuote> quotes = new HashMap<>();

  void set(EaQuote quote) {
    quotes.put(quote.symbol(), quote);
  }

  /** Lots to the nearest step, but not below the smallest there is; 0 without a quote. */
  double stepped(Symbol symbol, double lots) {
    EaQuote quote = quotes.get(symbol);
    if (quote == null) {
      return 0;
    }
    double stepped = Math.floor(lots / quote.step() + 0.5) * quote.step();
    return EaText.rounded(Math.max(stepped, quote.smallest()));
  }

  /** Lots worth that much; 0 without a quote. */
  double worth(Symbol symbol, double value, Side side) {
    EaQuote quote = quotes.get(symbol);
    if (quote == null) {
      return 0;
    }
    double price = side == Side.BUY ? quote.ask() : quote.bid();
    boolean known = price > 0 && quote.unit() > 0 && quote.step() > 0;
    return known ? stepped(symbol, value / (price * quote.unit())) : 0;
  }
}

package io.mlassets.channel;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import java.time.Instant;

/** Wire form of a bar on stream {@code bars}; see {@link Bar} for units and invariants. */
public record BarMessage(
    Symbol symbol,
    BarInterval interval,
    Instant ts,
    double open,
    double high,
    double low,
    double close,
    double volume) {

  /** The wire form of {@code bar}. */
  public static BarMessage of(Bar bar) {
    return new BarMessage(
        bar.symbol(),
        bar.interval(),
        bar.ts(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume());
  }

  /** The bar, with its invariants checked. */
  public Bar toBar() {
    return new Bar(symbol, interval, ts, open, high, low, close, volume);
  }
}

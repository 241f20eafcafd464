package io.mlassets.market;

import java.time.Instant;

/**
 * One bar of one instrument. Prices are in the instrument's quote currency; the bar is known at
 * {@code interval.endOf(ts)}.
 *
 * @param symbol the instrument
 * @param interval the bar's length
 * @param ts UTC start of the bar, aligned to the interval
 * @param open first price, positive and finite
 * @param high highest price, at least open and close
 * @param low lowest price, at most open and close
 * @param close last price
 * @param volume the feed's volume, finite and not negative; comparable within an instrument only
 */
public record Bar(
    Symbol symbol,
    BarInterval interval,
    Instant ts,
    double open,
    double high,
    double low,
    double close,
    double volume) {

  /** Refuses a bar that breaks an invariant with {@link IllegalArgumentException} naming it. */
  public Bar {
    requirePrice(symbol, ts, "open", open);
    requirePrice(symbol, ts, "high", high);
    requirePrice(symbol, ts, "low", low);
    requirePrice(symbol, ts, "close", close);
    if (!(volume >= 0) || Double.isInfinite(volume)) {
      throw new IllegalArgumentException(
          "bar %s %s: volume %s is negative or not finite".formatted(symbol, ts, volume));
    }
    if (high < Math.max(open, close) || low > Math.min(open, close)) {
      throw new IllegalArgumentException(
          "bar %s %s: high %s and low %s do not enclose open %s and close %s"
              .formatted(symbol, ts, high, low, open, close));
    }
    if (!interval.isAligned(ts)) {
      throw new IllegalArgumentException(
          "bar %s: start %s is not aligned to %s".formatted(symbol, ts, interval));
    }
  }

  private static void requirePrice(Symbol symbol, Instant ts, String what, double price) {
    if (!(price > 0) || Double.isInfinite(price)) {
      throw new IllegalArgumentException(
          "bar %s %s: %s %s is not a positive finite price".formatted(symbol, ts, what, price));
    }
  }

  /** When the bar is complete. */
  public Instant end() {
    return interval.endOf(ts);
  }
}

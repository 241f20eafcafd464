package io.mlassets.suite.market;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import java.time.Instant;

/** A bar in the making: the prices seen so far. */
final class BarDraft {
  private static final double TICKS_PER_UNIT = 1e5;

  private final Symbol symbol;
  private final BarInterval interval;
  private double open;
  private double high;
  private double low;
  private double close;

  BarDraft(Symbol symbol, BarInterval interval) {
    this.symbol = symbol;
    this.interval = interval;
  }

  void open(double logPrice) {
    open = price(logPrice);
    high = open;
    low = open;
    close = open;
  }

  void trade(double logPrice) {
    close = price(logPrice);
    high = Math.max(high, close);
    low = Math.min(low, close);
  }

  Bar finish(Instant ts, double volume) {
    return new Bar(symbol, interval, ts, open, high, low, close, volume);
  }

  private static double price(double logPrice) {
    return Math.rint(StrictMath.exp(logPrice) * TICKS_PER_UNIT) / TICKS_PER_UNIT;
  }
}

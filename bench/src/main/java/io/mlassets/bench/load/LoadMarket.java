package io.mlassets.bench.load;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.suite.bars.MarketStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Simulated symbols and the pairs among them, each symbol a leg of many: ten thousand pairs have
 * 142. Prices follow from the bar's time alone; all share one movement, and each swings about it.
 */
final class LoadMarket {
  private static final int SWING = 24;
  private static final double SPREAD = 0.004;
  private static final double NOISE = 0.0004;

  private final int number;
  private final List<Symbol> symbols = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();

  /**
   * A market of so many pairs, with as few symbols as that takes.
   *
   * @param number tells its symbols from another market's
   */
  LoadMarket(int number, int count) {
    this.number = number;
    symbols.add(symbol(0));
    while (pairs.size() < count) {
      Symbol next = symbol(symbols.size());
      for (int i = 0; i < symbols.size() && pairs.size() < count; i++) {
        pairs.add(new Pair(symbols.get(i), next));
      }
      symbols.add(next);
    }
  }

  private Symbol symbol(int index) {
    return new Symbol("SIML%02d%03d".formatted(number, index));
  }

  List<Symbol> symbols() {
    return List.copyOf(symbols);
  }

  List<Pair> pairs() {
    return List.copyOf(pairs);
  }

  /** Every symbol's bar of the minute that begins then. */
  MarketStep at(Instant ts) {
    long minute = ts.getEpochSecond() / 60;
    List<Bar> bars = new ArrayList<>(symbols.size());
    for (int i = 0; i < symbols.size(); i++) {
      double open = price(minute - 1, i);
      double close = price(minute, i);
      bars.add(
          new Bar(
              symbols.get(i),
              BarInterval.M1,
              ts,
              open,
              Math.max(open, close),
              Math.min(open, close),
              close,
              1));
    }
    return new MarketStep(ts, bars);
  }

  private static double price(long minute, int symbol) {
    double common = 0.02 * wave(minute, 1_009, 0) + 0.01 * wave(minute, 211, 0);
    double own = SPREAD * wave(minute, SWING, 7 * symbol);
    double noise = new SplittableRandom(1_009 * minute + symbol).nextDouble(-NOISE, NOISE);
    return 100 * Math.exp(common + own + noise);
  }

  private static double wave(long minute, int bars, int offset) {
    return StrictMath.sin(2 * Math.PI * Math.floorMod(minute + offset, bars) / bars);
  }
}

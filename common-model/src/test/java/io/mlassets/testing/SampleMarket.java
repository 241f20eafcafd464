package io.mlassets.testing;

import io.mlassets.control.WeeklySession;
import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.policy.TradingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded pair whose spread reverts, hourly, with gaps of all lengths: single missing bars,
 * nights, weekends, and now and then a month.
 */
public final class SampleMarket {
  /** The pair. */
  public static final Pair PAIR = Pair.parse("XAUUSD/XAGUSD");

  private static final WeeklySession WEEK = WeeklySession.parse("SUN 22:00-FRI 21:00");
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private SampleMarket() {}

  /** Bars of one seed. */
  public static List<PairBar> bars(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PairBar> bars = new ArrayList<>();
    Instant ts = START;
    double factor = 3;
    double spread = 0;
    while (bars.size() < count) {
      double openA = 4 + 0.9 * factor + spread;
      double openB = factor;
      double volatility = random.nextInt(50) == 0 ? 0.02 : 0.003;
      factor += volatility * random.nextGaussian();
      spread = 0.93 * spread + 0.6 * volatility * random.nextGaussian();
      Bar a = bar(PAIR.a(), ts, openA, 4 + 0.9 * factor + spread, random);
      Bar b = bar(PAIR.b(), ts, openB, factor, random);
      bars.add(new PairBar(PAIR, a, b));
      ts = ts.plus(gap(random));
    }
    return bars;
  }

  /** Bars of one seed within the trading week; those of the weekends between are left out. */
  public static List<PairBar> barsInSession(int count, long seed) {
    return bars(2 * count, seed).stream()
        .filter(bar -> !WEEK.openBetween(bar.ts(), bar.a().end()).isZero())
        .limit(count)
        .toList();
  }

  private static Duration gap(SplittableRandom random) {
    return Duration.ofHours(
        switch (random.nextInt(200)) {
          case 0 -> 720;
          case 1, 2 -> 49;
          case 3, 4, 5, 6 -> 9;
          case 7, 8, 9, 10, 11, 12 -> 2;
          default -> 1;
        });
  }

  private static Bar bar(
      Symbol symbol, Instant ts, double logOpen, double logClose, SplittableRandom random) {
    double open = Math.exp(logOpen);
    double close = Math.exp(logClose);
    double high = Math.max(open, close) * (1 + 0.001 * random.nextDouble());
    double low = Math.min(open, close) * (1 - 0.001 * random.nextDouble());
    return new Bar(symbol, BarInterval.H1, ts, open, high, low, close, random.nextInt(1_000));
  }

  /** What trading a leg costs. */
  public static Instrument instrument(Symbol symbol) {
    return new Instrument(symbol, "metal", 100, "USD", 1.5, 0.3, 0.4, 0.6);
  }

  /** An engine of the pair that has seen nothing. */
  public static FeatureEngine engine(TradingRules rules) {
    return new FeatureEngine(PAIR, BarInterval.H1, PairClass.METAL, rules);
  }

  /** Every view the bars give. */
  public static List<MarketView> views(List<PairBar> bars, TradingRules rules) {
    FeatureEngine engine = engine(rules);
    List<MarketView> views = new ArrayList<>();
    bars.forEach(bar -> engine.onBar(bar).ifPresent(views::add));
    return views;
  }
}

package io.mlassets.parity;

import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.policy.TradingRules;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Tells engines apart by what they do: the digest of the vectors one makes from bars that are
 * always the same. Another build, policy, JVM or processor that computes other bits has another
 * one, and its vectors prove nothing about this engine.
 */
public final class EngineProbe {
  private static final long SEED = 20_261_128;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private final long[] byClass = new long[PairClass.values().length];

  /** Probes the engines of this process, one per pair class. */
  public EngineProbe(TradingRules rules) {
    for (PairClass pairClass : PairClass.values()) {
      byClass[pairClass.code()] = probe(rules, pairClass);
    }
  }

  /** The engine that makes vectors of a class. */
  public long of(PairClass pairClass) {
    return byClass[pairClass.code()];
  }

  /** Of vectors the data pipeline made: no engine of ours. */
  private static final long NO_ENGINE = 0;

  /** The engine of this process that makes such a vector, which names its class. */
  public long of(FeatureVector vector) {
    if (!vector.schema().isCurrent()) {
      return NO_ENGINE;
    }
    return byClass[(int) vector.get(FeatureSchema.PAIR_CLASS)];
  }

  private static long probe(TradingRules rules, PairClass pairClass) {
    Pair pair = new Pair(new Symbol("PROBEA"), new Symbol("PROBEB"));
    FeatureEngine engine = new FeatureEngine(pair, BarInterval.M1, pairClass, rules);
    SplittableRandom random = new SplittableRandom(SEED);
    double a = 2_000;
    double b = 25;
    long digest = 0;
    int bars = engine.warmUpBars() + 2 * rules.featureWindow();
    for (int i = 0; i < bars; i++) {
      // Sums and products only, so that the bars are the same wherever the logarithm is not.
      double common = 0.002 * (random.nextDouble() - 0.5);
      Instant ts = START.plus(BarInterval.M1.length().multipliedBy(i));
      double nextA = a * (1 + common + 0.001 * (random.nextDouble() - 0.5));
      double nextB = b * (1 + common + 0.001 * (random.nextDouble() - 0.5));
      Bar first = bar(pair.a(), ts, a, nextA, random.nextInt(1_000));
      Bar second = bar(pair.b(), ts, b, nextB, random.nextInt(1_000));
      a = nextA;
      b = nextB;
      Optional<MarketView> view = engine.onBar(new PairBar(pair, first, second));
      digest = view.isEmpty() ? digest : digest(digest, view.get().features());
    }
    return digest;
  }

  private static Bar bar(Symbol symbol, Instant ts, double open, double close, double volume) {
    double high = Math.max(open, close) * 1.0005;
    double low = Math.min(open, close) * 0.9995;
    return new Bar(symbol, BarInterval.M1, ts, open, high, low, close, volume);
  }

  private static long digest(long digest, FeatureVector vector) {
    long mixed = digest;
    for (double value : vector.copy()) {
      mixed = BarDigest.mixed(mixed, Double.doubleToLongBits(value));
    }
    return mixed;
  }
}

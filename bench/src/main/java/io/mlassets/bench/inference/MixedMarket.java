package io.mlassets.bench.inference;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * The bars of a made-up pair of a size of its own: prices from 1e-4 to 1e6, moves of 1e-5 to 1e-2 a
 * bar, on a tick or not; jumps, flat stretches longer than any window, gaps in time, volumes from
 * none to 1e12.
 */
final class MixedMarket {
  static final Pair PAIR = new Pair(new Symbol("LEGA"), new Symbol("LEGB"));
  private static final Instant START = Instant.parse("2020-01-06T00:00:00Z");
  private static final double FURTHEST = Math.log(3);

  private final SplittableRandom random;
  private final Leg a;
  private final Leg b;
  private final double shared;
  private Instant ts = START;
  private int flat;
  private double hurry = 1;

  MixedMarket(long seed) {
    random = new SplittableRandom(seed);
    // Sizes of prices spread evenly over the pairs of consecutive seeds.
    a = new Leg(PAIR.a(), seed * 0.618034 % 1);
    b = new Leg(PAIR.b(), (seed * 0.754878 + 0.5) % 1);
    shared = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.3, 0.95);
  }

  PairBar next() {
    // A day's or a weekend's end now and then.
    long minutes = random.nextInt(1_500) == 0 ? random.nextInt(60, 3_000) : 1;
    ts = ts.plusSeconds(60 * minutes);
    if (flat > 0) {
      flat--;
    } else if (random.nextInt(4_000) == 0) {
      flat = random.nextInt(5, 600);
    }
    if (random.nextInt(2_000) == 0) {
      hurry = Math.exp(0.7 * random.nextGaussian());
    }
    double common = random.nextGaussian();
    return new PairBar(PAIR, a.next(common), b.next(common));
  }

  /** One of the two. */
  private final class Leg {
    private final Symbol symbol;
    private final double middle;
    private final double move = Math.pow(10, random.nextDouble(-5, -2));
    private final double tick;
    private final double volume = Math.pow(10, random.nextDouble(-3, 12));
    private double log;
    private double close;

    /** A leg whose prices stay within a third and three times one of {@code share} of the sizes. */
    private Leg(Symbol symbol, double share) {
      this.symbol = symbol;
      double size = -3.5 + 9 * share;
      middle = Math.log(10) * size;
      tick = random.nextBoolean() ? 0 : Math.pow(10, Math.floor(size) - 4);
      log = middle;
      close = price();
    }

    private double price() {
      double price = Math.exp(log);
      return tick == 0 ? price : Math.max(tick, tick * Math.rint(price / tick));
    }

    private Bar next(double common) {
      double open = close;
      double wick = 0;
      if (flat == 0) {
        double own = shared * common + Math.sqrt(1 - shared * shared) * random.nextGaussian();
        log += hurry * move * own;
        if (random.nextInt(5_000) == 0) {
          log += random.nextDouble(-0.2, 0.2);
        }
        log = Math.clamp(log, middle - FURTHEST, middle + FURTHEST);
        close = price();
        wick = hurry * move * random.nextDouble();
      }
      double traded = random.nextInt(50) == 0 ? 0 : volume * Math.exp(2 * random.nextGaussian());
      double high = Math.max(open, close) * (1 + wick);
      double low = Math.min(open, close) * (1 - wick);
      return new Bar(symbol, BarInterval.M1, ts, open, high, low, close, traded);
    }
  }
}

package io.mlassets.bench.faults;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.suite.bars.MarketStep;
import io.mlassets.suite.market.MarketSimulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A market whose prices follow from the bar's time alone, so that a feed that was killed goes on
 * where it was. Spreads swing about their mean every {@value #SWING} bars, each pair at another
 * moment; all else moves slowly, with a little noise.
 */
public final class WaveMarket {
  /** Its pairs. */
  public static final List<Pair> PAIRS = MarketSimulator.pairs(Plan.PAIRS);

  private static final int SWING = 24;
  private static final double SPREAD = 0.004;
  private static final double NOISE = 0.0004;

  private WaveMarket() {}

  /** All bars of the minute that begins then. */
  public static MarketStep at(Instant ts) {
    return at(ts, PAIRS);
  }

  /** All bars of the minute that begins then, of some pairs. */
  public static MarketStep at(Instant ts, List<Pair> pairs) {
    long minute = ts.getEpochSecond() / 60;
    List<Bar> bars = new ArrayList<>();
    for (int pair = 0; pair < pairs.size(); pair++) {
      for (int leg = 0; leg < 2; leg++) {
        double open = price(minute - 1, pair, leg);
        double close = price(minute, pair, leg);
        bars.add(
            new Bar(
                pairs.get(pair).legs().get(leg),
                BarInterval.M1,
                ts,
                open,
                Math.max(open, close),
                Math.min(open, close),
                close,
                1));
      }
    }
    return new MarketStep(ts, bars);
  }

  private static double price(long minute, int pair, int leg) {
    double common = 0.02 * wave(minute, 1_009, pair) + 0.01 * wave(minute, 211, 3 * pair);
    double spread = leg == 0 ? SPREAD * wave(minute, SWING, 2 * pair) : 0;
    double noise = new SplittableRandom(31 * minute + 2L * pair + leg).nextDouble(-NOISE, NOISE);
    return 100 * Math.exp(common + spread + noise);
  }

  private static double wave(long minute, int bars, int offset) {
    return StrictMath.sin(2 * Math.PI * Math.floorMod(minute + offset, bars) / bars);
  }
}

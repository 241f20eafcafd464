package io.mlassets.trainer;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.platform.database.CopyLine;
import io.mlassets.platform.database.CopyRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/** A few pairs whose spreads revert: ln A = ln B + s, s an AR(1) process. */
public final class SmallMarket {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private final int pairs;
  private final int bars;
  private final double pull;
  private final long seed;

  /** {@code pull} is the share of the spread taken back per bar; 0 for a random walk. */
  public SmallMarket(int pairs, int bars, double pull, long seed) {
    this.pairs = pairs;
    this.bars = bars;
    this.pull = pull;
    this.seed = seed;
  }

  public List<Pair> pairs() {
    List<Pair> names = new ArrayList<>();
    for (int i = 1; i <= pairs; i++) {
      names.add(Pair.parse("SIM%02dA-SIM%02dB".formatted(i, i)));
    }
    return names;
  }

  /** Writes the bars into {@code core.bars}. */
  public void load(DataSource owner) {
    load(owner, 0);
  }

  /** Writes the bars from number {@code first} on; those before it are the same in any length. */
  public void load(DataSource owner, int first) {
    Instant from = START.plusSeconds(60L * first);
    List<Bar> all = new ArrayList<>();
    int number = 0;
    for (Pair pair : pairs()) {
      add(all, pair, new SplittableRandom(seed + number++));
    }
    new CopyRows(owner)
        .into(
            "core.bars (symbol, interval, ts, open, high, low, close, volume)",
            all.stream()
                .filter(bar -> !bar.ts().isBefore(from))
                .map(
                    bar ->
                        new CopyLine()
                            .text(bar.symbol().name())
                            .text(bar.interval().iso())
                            .time(bar.ts())
                            .number(bar.open())
                            .number(bar.high())
                            .number(bar.low())
                            .number(bar.close())
                            .number(bar.volume())));
  }

  private void add(List<Bar> all, Pair pair, SplittableRandom random) {
    double logB = Math.log(100);
    double spread = 0;
    double lastA = 100;
    double lastB = 100;
    for (int i = 0; i < bars; i++) {
      logB += 4e-4 * random.nextGaussian();
      spread += -pull * spread + 8e-4 * random.nextGaussian();
      double a = Math.exp(logB + spread);
      double b = Math.exp(logB);
      Instant ts = START.plusSeconds(60L * i);
      all.add(bar(pair.a(), ts, lastA, a, random));
      all.add(bar(pair.b(), ts, lastB, b, random));
      lastA = a;
      lastB = b;
    }
  }

  private static Bar bar(
      Symbol symbol, Instant ts, double open, double close, SplittableRandom random) {
    double reach = 1 + 2e-4 * random.nextDouble();
    return new Bar(
        symbol,
        BarInterval.M1,
        ts,
        open,
        Math.max(open, close) * reach,
        Math.min(open, close) / reach,
        close,
        100 + 50 * random.nextDouble());
  }
}

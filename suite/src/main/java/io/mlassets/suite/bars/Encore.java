package io.mlassets.suite.bars;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Bars without end when there are no more: a last stretch backwards, then forwards, and so on,
 * under times after its end. Prices go on where they stood and stay within what the stretch has
 * seen, but no market made these bars.
 */
public final class Encore {
  private final List<MarketStep> stretch;
  private final BarInterval interval;
  private final Instant first;
  private final Instant last;
  private Instant begin;
  private boolean backwards = true;
  private int played;

  /**
   * An encore of the last bars there are.
   *
   * @param stretch in time order; {@link IllegalArgumentException} when empty
   * @param interval length of a bar
   */
  public Encore(List<MarketStep> stretch, BarInterval interval) {
    if (stretch.isEmpty()) {
      throw new IllegalArgumentException("there are no bars to play on from");
    }
    this.stretch = List.copyOf(stretch);
    this.interval = interval;
    this.first = stretch.getFirst().ts();
    this.last = stretch.getLast().ts();
    this.begin = last.plus(interval.length());
  }

  /** The next step. */
  public MarketStep next() {
    if (played == stretch.size()) {
      begin = begin.plus(Duration.between(first, last)).plus(interval.length());
      backwards = !backwards;
      played = 0;
    }
    MarketStep step = stretch.get(backwards ? stretch.size() - 1 - played : played);
    played++;
    Instant ts =
        begin.plus(
            backwards ? Duration.between(step.ts(), last) : Duration.between(first, step.ts()));
    return new MarketStep(ts, step.bars().stream().map(bar -> at(ts, bar)).toList());
  }

  private Bar at(Instant ts, Bar bar) {
    return new Bar(
        bar.symbol(),
        interval,
        ts,
        backwards ? bar.close() : bar.open(),
        bar.high(),
        bar.low(),
        backwards ? bar.open() : bar.close(),
        bar.volume());
  }
}

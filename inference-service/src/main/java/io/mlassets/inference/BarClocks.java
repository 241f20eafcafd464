package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.market.Bar;
import io.mlassets.market.FeedClock;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.platform.MarketClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The clocks that stamp the bars of each symbol. They are compared with market time, so in a replay
 * every stamp is right. For the decision thread only.
 */
@Component
class BarClocks {
  private static final Logger log = LoggerFactory.getLogger(BarClocks.class);
  private static final int MOST_DISBELIEVED = 10_000;
  private final MarketClock marketClock;
  private final Clock clock;
  private final Map<Symbol, FeedClock> feeds = new HashMap<>();
  private final Set<Symbol> shifted = ConcurrentHashMap.newKeySet();
  private final SequencedSet<Bar> disbelieved = new LinkedHashSet<>();

  BarClocks(MarketClock marketClock, Clock clock, MeterRegistry meters) {
    this.marketClock = marketClock;
    this.clock = clock;
    meters.gauge("feed_clocks_shifted", shifted, Set::size);
  }

  /**
   * By how much the clock that stamped a live bar is ahead (negative: behind); empty when the stamp
   * can be right.
   *
   * @param cameAt when it came, UTC; null if nobody saw it come
   */
  Optional<Duration> shiftOf(Bar bar, @Nullable Instant cameAt) {
    return cameAt == null
        ? aheadOf(bar)
        : feeds
            .computeIfAbsent(bar.symbol(), symbol -> new FeedClock())
            .shiftOf(bar, marketClock.timeOf(cameAt, bar.end()));
  }

  private Optional<Duration> aheadOf(Bar bar) {
    return FeedClock.aheadOf(bar, marketClock.timeOf(clock.instant(), bar.end()));
  }

  /** A bar that would have counted was refused for its stamp. */
  void refused(Bar bar, Duration shift) {
    disbelieved.add(bar);
    if (disbelieved.size() > MOST_DISBELIEVED) {
      disbelieved.removeFirst();
    }
    if (shifted.add(bar.symbol())) {
      log.error(
          "{}: the clock of its bars is {} {}; none counts until it is right",
          bar.symbol(),
          shift.abs(),
          shift.isNegative() ? "behind" : "ahead");
    }
  }

  /** A bar counts. */
  void believed(Bar bar) {
    if (shifted.remove(bar.symbol())) {
      log.info("{}: the clock of its bars is right again", bar.symbol());
    }
  }

  /** Whether a bar of {@code core.bars} may count: known by now, and not refused as a live one. */
  boolean trusts(PairBar bar) {
    return trusts(bar.a()) && trusts(bar.b());
  }

  private boolean trusts(Bar leg) {
    return aheadOf(leg).isEmpty() && !disbelieved.contains(leg);
  }
}

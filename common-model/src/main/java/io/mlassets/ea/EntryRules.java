package io.mlassets.ea;

import io.mlassets.control.TradingState;
import io.mlassets.signal.Leg;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What forbids an entry, and how large it may be (D3 to D5). */
final class EntryRules {
  /** What is said of an entry past its expiry. */
  static final String EXPIRED = "expired";

  private static final long MINUTE = 60_000;

  private final EaConfig config;
  private final MarketTime clock;
  private final Book book;
  private final Quotes quotes = new Quotes();
  private final Deque<Long> entries = new ArrayDeque<>();
  private TradingState state = TradingState.ACTIVE;
  private double equity;

  EntryRules(EaConfig config, MarketTime clock, Book book) {
    this.config = config;
    this.clock = clock;
    this.book = book;
  }

  void state(TradingState now) {
    state = now;
  }

  void equity(double now) {
    equity = now;
  }

  Quotes quotes() {
    return quotes;
  }

  /** D3: what forbids an entry at any moment. */
  Optional<String> forbidden(long now, Instant expiresAt) {
    Instant market = clock.at(now);
    if (market == null) {
      return Optional.of(clock.isBars() ? "no market yet" : "no heartbeat");
    }
    if (market.isAfter(expiresAt)) {
      return Optional.of(EXPIRED);
    }
    return switch (state) {
      case HALTED -> Optional.of("halted");
      case REDUCING -> Optional.of("reducing");
      case ACTIVE -> Optional.empty();
    };
  }

  /** D4: the hard local limits. */
  Optional<String> limit(EaSignal signal, long now) {
    EaLimits limits = config.limits();
    if (book.difference().isPresent()) {
      return Optional.of("positions differ");
    }
    if (signal.risk()) {
      return Optional.of("risk flag");
    }
    if (equity < limits.minEquity()) {
      return Optional.of("equity below the limit");
    }
    if (book.pairsHeld() >= limits.maxPairs()) {
      return Optional.of("too many pairs");
    }
    if (entries.stream().filter(at -> now - at < MINUTE).count() >= limits.maxEntries()) {
      return Optional.of("too many entries");
    }
    for (int leg = 0; leg < 2; leg++) {
      double lots = Math.abs(lots(signal, leg));
      if (lots == 0) {
        return Optional.of("no quote");
      }
      if (lots > limits.maxLots() + Book.SMALLEST) {
        return Optional.of("too many lots");
      }
    }
    return Optional.empty();
  }

  /** D5: lots of a leg, negative to sell; 0 without a quote. */
  double lots(EaSignal signal, int leg) {
    Leg one = signal.legs().get(leg);
    double value = config.limits().capital() * one.weight() * signal.scale();
    return quotes.worth(one.symbol(), value, one.side()) * one.side().sign();
  }

  /** An entry was begun. */
  void entered(long now) {
    entries.removeIf(at -> now - at >= MINUTE);
    entries.add(now);
  }
}

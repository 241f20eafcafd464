package io.mlassets.suite.ea;

import io.mlassets.ea.EaConfig;
import io.mlassets.ea.EaQuote;
import io.mlassets.market.Instrument;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Symbol;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The prices an account trades at, the newest bar's close and half the spread on either side, and
 * the time it is there.
 */
final class PaperMarket {
  private static final double LOT_STEP = 0.01;
  private static final double BPS = 1e-4;

  private final InstrumentCatalogue instruments;
  private final EaConfig.Clock kind;
  private final Clock system;
  private final Map<Symbol, EaQuote> quotes = new HashMap<>();
  private Instant newest = Instant.EPOCH;

  PaperMarket(InstrumentCatalogue instruments, EaConfig.Clock kind, Clock system) {
    this.instruments = instruments;
    this.kind = kind;
    this.system = system;
  }

  /** Takes a price; what there is to deal at from now on. */
  EaQuote heard(PaperQuote price) {
    newest = price.end().isAfter(newest) ? price.end() : newest;
    Instrument instrument = instruments.of(price.symbol());
    double half = instrument.spreadBps() / 2 * BPS;
    EaQuote quote =
        new EaQuote(
            price.symbol(),
            price.close() * (1 - half),
            price.close() * (1 + half),
            instrument.contractSize(),
            LOT_STEP,
            LOT_STEP);
    quotes.put(price.symbol(), quote);
    return quote;
  }

  /** End of the newest bar heard; the epoch before there was one. */
  Instant newestBarEnd() {
    return newest;
  }

  /** When a deal is made now. */
  Instant now() {
    return kind == EaConfig.Clock.BARS ? newest : system.instant();
  }

  /** What a symbol can be dealt at; empty while it has no price. */
  Optional<EaQuote> quote(Symbol symbol) {
    return Optional.ofNullable(quotes.get(symbol));
  }
}

package io.mlassets.suite.ea;

import io.mlassets.market.Instrument;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The prices an account trades at: the newest bar's close, half the spread and some slippage. */
final class PaperMarket {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Quote(String symbol, double close, Instant end) {}

  private final Map<String, Quote> quotes = new HashMap<>();
  private final InstrumentCatalogue instruments;
  private final SplittableRandom random;
  private final double slippageBps;
  private Instant newest = Instant.EPOCH;
  private volatile long ignored;

  PaperMarket(InstrumentCatalogue instruments, PaperAccount account) {
    this.instruments = instruments;
    this.random = new SplittableRandom(account.seed());
    this.slippageBps = account.slippageBps();
  }

  /** Takes a bar from the stream; what is no bar is none of an Expert Advisor's business. */
  void heard(String text) {
    quote(text)
        .ifPresent(
            quote -> {
              quotes.put(quote.symbol(), quote);
              newest = quote.end().isAfter(newest) ? quote.end() : newest;
            });
  }

  /** Takes a bar older than those heard: it counts where there is no quote. */
  void heardLate(String text) {
    quote(text).ifPresent(quote -> quotes.putIfAbsent(quote.symbol(), quote));
  }

  private Optional<Quote> quote(String text) {
    try {
      JsonNode bar = JSON.readTree(text);
      double close = bar.required("close").doubleValue();
      Duration length = Duration.parse(bar.path("interval").asString("PT0S"));
      Instant end = Instant.parse(bar.required("ts").stringValue()).plus(length);
      String symbol = bar.required("symbol").stringValue();
      return close > 0 && instruments.knows(new Symbol(symbol))
          ? Optional.of(new Quote(symbol, close, end))
          : Optional.empty();
    } catch (RuntimeException e) {
      ignored = ignored + 1;
      return Optional.empty();
    }
  }

  /** Entries that were no bars. */
  long ignored() {
    return ignored;
  }

  /** End of the newest bar heard: the market's time; the epoch before there was one. */
  Instant now() {
    return newest;
  }

  /** Whether all of these have a price. */
  boolean quotes(Set<String> symbols) {
    return quotes.keySet().containsAll(symbols);
  }

  /** The price of a deal; empty while the symbol has none. */
  Optional<Double> price(String symbol, boolean buy) {
    Quote quote = quotes.get(symbol);
    if (quote == null) {
      return Optional.empty();
    }
    Instrument instrument = instruments.of(new Symbol(symbol));
    double worse = (instrument.spreadBps() / 2 + random.nextDouble() * slippageBps) * 1e-4;
    return Optional.of(quote.close() * (buy ? 1 + worse : 1 - worse));
  }

  double contractSize(String symbol) {
    return instruments.of(new Symbol(symbol)).contractSize();
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }
}

package io.mlassets.suite.ea;

import io.mlassets.channel.Channels;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Symbol;
import io.mlassets.platform.RedisSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The paper market's prices, from stream {@code bars} over a connection of its own: a real terminal
 * has them from its broker, not from the suite.
 */
final class BarFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BarFeed.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE = 500;
  private static final int BLOCK_MILLIS = 500;
  private static final int SILENCE_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 250;

  /** Told from the feed's thread; while a call waits, nothing more is read. */
  interface Listener {
    void heard(List<PaperQuote> quotes) throws InterruptedException;
  }

  private final RedisSettings redis;
  private final String stream;
  private final InstrumentCatalogue instruments;
  private final Set<Symbol> held;
  private final Listener listener;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable StreamEntryID last;
  private String trouble = "";

  /**
   * Makes one; {@link #start} starts it.
   *
   * @param held symbols that need a price however old it is
   * @param listener told what is new, at first whatever there is, even if that is nothing
   */
  BarFeed(
      RedisSettings redis,
      String stream,
      InstrumentCatalogue instruments,
      Set<Symbol> held,
      Listener listener) {
    this.redis = redis;
    this.stream = stream;
    this.instruments = instruments;
    this.held = held;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("bar-feed").unstarted(this::follow);
  }

  void start() {
    thread.start();
  }

  private void follow() {
    try {
      do {
        try (Jedis jedis = redis.connect(SILENCE_MILLIS)) {
          follow(jedis);
        } catch (JedisException e) {
          warn(String.valueOf(e.getMessage()));
        }
      } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Jedis jedis) throws InterruptedException {
    if (last == null) {
      last = begin(jedis);
    }
    trouble = "";
    while (closed.getCount() > 0) {
      last = next(jedis, last);
    }
  }

  private void warn(String now) {
    if (closed.getCount() > 0 && !now.equals(trouble)) {
      log.warn("no prices: {}", now);
      trouble = now;
    }
  }

  /** The newest price of each symbol in the last page, and of those held wherever it is. */
  private StreamEntryID begin(Jedis jedis) throws InterruptedException {
    Map<Symbol, PaperQuote> newest = new LinkedHashMap<>();
    List<StreamEntry> page = jedis.xrevrange(stream, "+", "-", PAGE);
    StreamEntryID end = page.isEmpty() ? new StreamEntryID(0, 0) : page.getFirst().getID();
    while (!page.isEmpty()) {
      quotes(page).forEach(quote -> newest.putIfAbsent(quote.symbol(), quote));
      page =
          newest.keySet().containsAll(held)
              ? List.of()
              : jedis.xrevrange(stream, "(" + page.getLast().getID(), "-", PAGE);
    }
    listener.heard(newest.values().stream().sorted(Comparator.comparing(PaperQuote::end)).toList());
    return end;
  }

  private StreamEntryID next(Jedis jedis, StreamEntryID from) throws InterruptedException {
    List<Map.Entry<String, List<StreamEntry>>> found =
        jedis.xread(
            XReadParams.xReadParams().block(BLOCK_MILLIS).count(PAGE), Map.of(stream, from));
    if (found == null || found.isEmpty()) {
      return from;
    }
    List<StreamEntry> entries = found.getFirst().getValue();
    listener.heard(quotes(entries));
    return entries.getLast().getID();
  }

  private List<PaperQuote> quotes(List<StreamEntry> entries) {
    List<PaperQuote> quotes = new ArrayList<>();
    entries.forEach(entry -> quote(entry.getFields().get(Channels.PAYLOAD)).ifPresent(quotes::add));
    return quotes;
  }

  /** What is no bar is none of an Expert Advisor's business; the services quarantine it. */
  private Optional<PaperQuote> quote(@Nullable String text) {
    try {
      JsonNode bar = JSON.readTree(text == null ? "" : text);
      double close = bar.required("close").doubleValue();
      Duration length = Duration.parse(bar.path("interval").asString("PT0S"));
      Instant end = Instant.parse(bar.required("ts").stringValue()).plus(length);
      Symbol symbol = new Symbol(bar.required("symbol").stringValue());
      return close > 0 && instruments.knows(symbol)
          ? Optional.of(new PaperQuote(symbol, close, end))
          : Optional.empty();
    } catch (RuntimeException e) {
      log.debug("no bar: {}", text, e);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}

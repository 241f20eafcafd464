package io.mlassets.bench.faults;

import io.mlassets.channel.Channels;
import io.mlassets.market.Pair;
import io.mlassets.suite.bars.BarStream;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.bars.MarketStep;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/** A bar of every symbol each beat, remembered with the moment it was fed. */
public final class TimedBars implements AutoCloseable {

  /**
   * Bars that were fed.
   *
   * @param ts their start
   * @param at when they were in the stream
   */
  public record Fed(Instant ts, Instant at) {}

  /** What is written first. */
  public enum Order {
    /** {@code core.bars}, then the stream. */
    TABLE_FIRST,
    /** Every other time or so the stream, and the table up to half a beat later. */
    EITHER_FIRST
  }

  private final Clock clock = Clock.systemUTC();
  private final List<Fed> fed = new ArrayList<>();
  private final long beatNanos;
  private final List<Pair> pairs;
  private final Order order;
  private final SplittableRandom random;
  private final CompletableFuture<Void> feeding;
  private volatile boolean closed;

  /**
   * Feeds until it is closed.
   *
   * @param pairs whose symbols have bars
   * @param first start of the first bar, which is of a minute
   * @param beat from one to the next
   * @param seed of what is random
   */
  public TimedBars(
      Connection connection,
      Jedis redis,
      List<Pair> pairs,
      Instant first,
      Duration beat,
      Order order,
      long seed) {
    this.beatNanos = beat.toNanos();
    this.pairs = List.copyOf(pairs);
    this.order = order;
    this.random = new SplittableRandom(seed);
    this.feeding =
        CompletableFuture.runAsync(
            () -> feed(connection, redis, first),
            task -> Thread.ofPlatform().name("bars").start(task));
  }

  private void feed(Connection connection, Jedis redis, Instant first) {
    try (connection;
        BarStream stream = new BarStream(redis, new Channels(""))) {
      BarTable table = new BarTable(connection);
      long next = System.nanoTime();
      for (Instant ts = first; !closed; ts = ts.plusSeconds(60)) {
        next += beatNanos;
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        MarketStep step = WaveMarket.at(ts, pairs);
        boolean tableFirst = order == Order.TABLE_FIRST || random.nextBoolean();
        if (tableFirst) {
          table.insert(step);
        }
        remember(new Fed(ts, clock.instant()));
        stream.add(step);
        if (!tableFirst) {
          TimeUnit.NANOSECONDS.sleep(random.nextLong(beatNanos / 2));
          table.insert(step);
        }
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException("bars could not be fed", e);
    }
  }

  private synchronized void remember(Fed bars) {
    fed.add(bars);
  }

  /** All so far. */
  public synchronized List<Fed> fed() {
    return List.copyOf(fed);
  }

  /** No more come; what hindered it is thrown. */
  @Override
  public void close() {
    closed = true;
    feeding.join();
  }
}

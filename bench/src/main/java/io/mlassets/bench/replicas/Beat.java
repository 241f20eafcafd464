package io.mlassets.bench.replicas;

import io.mlassets.bench.faults.WaveMarket;
import io.mlassets.channel.Channels;
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

/**
 * A bar of every symbol each beat. Every other one or so is in the stream before it is in {@code
 * core.bars}, by up to half a beat.
 */
final class Beat implements AutoCloseable {

  /**
   * Bars that were fed.
   *
   * @param ts their start
   * @param at when they were in the stream
   */
  record Fed(Instant ts, Instant at) {}

  private final Clock clock = Clock.systemUTC();
  private final List<Fed> fed = new ArrayList<>();
  private final long beatNanos;
  private final SplittableRandom random;
  private final CompletableFuture<Void> feeding;
  private volatile boolean closed;

  /**
   * Feeds until it is closed.
   *
   * @param first start of the first bar
   */
  Beat(Connection connection, Jedis redis, Instant first, Duration beat, long seed) {
    this.beatNanos = beat.toNanos();
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
        MarketStep step = WaveMarket.at(ts, Plan.PAIRS);
        boolean tableFirst = random.nextBoolean();
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
  synchronized List<Fed> fed() {
    return List.copyOf(fed);
  }

  /** No more come; what hindered it is thrown. */
  @Override
  public void close() {
    closed = true;
    feeding.join();
  }
}

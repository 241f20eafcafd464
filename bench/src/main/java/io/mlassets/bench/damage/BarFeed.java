package io.mlassets.bench.damage;

import io.mlassets.bench.faults.WaveMarket;
import io.mlassets.channel.Channels;
import io.mlassets.suite.bars.BarStream;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.bars.Replay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.Jedis;

/** Bars at a steady pace, each remembered with the moment it was fed. */
final class BarFeed implements AutoCloseable {
  /** Between two of a minute each. */
  private static final Duration PACE = Duration.ofMillis(250);

  /**
   * A bar of every symbol.
   *
   * @param ts its start
   * @param at when it was fed
   */
  record Fed(Instant ts, Instant at) {}

  private final Clock clock = Clock.systemUTC();
  private final List<Fed> fed = new ArrayList<>();
  private final CompletableFuture<Void> feeding;
  private volatile boolean closed;

  /**
   * Feeds until it is closed.
   *
   * @param first start of the first bar
   */
  BarFeed(Connection connection, Jedis redis, Instant first) {
    this.feeding =
        CompletableFuture.runAsync(
            () -> feed(connection, redis, first),
            task -> Thread.ofPlatform().name("bars").start(task));
  }

  private void feed(Connection connection, Jedis redis, Instant first) {
    try (connection;
        BarStream stream = new BarStream(redis, new Channels(""))) {
      Replay replay = new Replay(new BarTable(connection), stream, PACE);
      Instant ts = first;
      while (!closed) {
        replay.play(WaveMarket.at(ts));
        remember(new Fed(ts, clock.instant()));
        ts = ts.plusSeconds(60);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException("bars could not be fed", e);
    }
  }

  private synchronized void remember(Fed bar) {
    fed.add(bar);
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

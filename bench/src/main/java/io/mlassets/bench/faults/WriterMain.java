package io.mlassets.bench.faults;

import io.mlassets.bench.SignalRows;
import io.mlassets.channel.Channels;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import io.mlassets.platform.RedisSettings;
import io.mlassets.signal.Action;
import io.mlassets.suite.bars.BarStream;
import io.mlassets.suite.bars.MarketStep;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Market and decisions by the clock, for an Expert Advisor whose network is spoiled: a process that
 * puts a bar of each symbol on stream {@code bars} every minute, commits a signal of one pair after
 * the other as inference does, and wakes the dispatcher. Entries expire soon. Arguments: database,
 * user, password, Redis' url.
 */
final class WriterMain {
  private static final Channels CHANNELS = new Channels("");
  private static final long NANOS_BETWEEN_SIGNALS = TimeUnit.SECONDS.toNanos(1) / 10;
  private static final int PAIRS = 560;
  private static final Duration SOON = Duration.ofSeconds(3);

  private final String[] arguments;
  private final RedisSettings redis;
  private final Clock clock = Clock.systemUTC();
  private long dueAt = System.nanoTime();

  private WriterMain(String[] arguments) {
    this.arguments = arguments;
    this.redis = new RedisSettings(arguments[3], "", 0, "");
  }

  /** Writes until it is ended. */
  public static void main(String[] arguments) throws InterruptedException {
    WriterMain writer = new WriterMain(arguments);
    while (true) {
      try {
        writer.write();
      } catch (SQLException | JedisException e) {
        System.err.println("once more: " + e.getMessage());
        Thread.sleep(100);
      }
    }
  }

  private void write() throws SQLException, InterruptedException {
    try (Connection connection =
            DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
        SignalRows rows = new SignalRows(connection, "SIM%03d%s", SOON);
        Jedis jedis = redis.connect(2_000);
        BarStream stream = new BarStream(redis.connect(2_000), CHANNELS)) {
      while (true) {
        minute(rows, jedis, stream);
      }
    }
  }

  /** The bar that ended last; entries expire soon. */
  private void minute(SignalRows rows, Jedis jedis, BarStream stream)
      throws SQLException, InterruptedException {
    Instant end = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    Instant bar = rows.nextBar(end.minus(BarInterval.M1.length()));
    stream.add(step(rows, bar));
    for (int pair = 0; pair < PAIRS && clock.instant().isBefore(end.plusSeconds(60)); pair++) {
      rows.commit(pair, action(rows.bars(), pair), clock.instant().plus(SOON));
      jedis.publish(CHANNELS.outboxWakeUp(), "signals");
      pace();
    }
    long rest = Duration.between(clock.instant(), end.plusSeconds(60)).toMillis();
    if (rest > 0) {
      Thread.sleep(rest);
    }
  }

  private void pace() throws InterruptedException {
    dueAt = Math.max(dueAt + NANOS_BETWEEN_SIGNALS, System.nanoTime() - NANOS_BETWEEN_SIGNALS);
    long left = dueAt - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** As many entries a minute as are let through, and exits most of which find nothing to close. */
  private static Action action(long bar, int pair) {
    if (pair % 10 == 0) {
      return bar % 2 == 0 ? Action.ENTER : Action.EXIT;
    }
    return pair % 2 == 1 ? Action.EXIT : Action.HOLD;
  }

  private static MarketStep step(SignalRows rows, Instant ts) {
    long number = rows.bars();
    List<Bar> step = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      for (char leg : new char[] {'A', 'B'}) {
        double price = 100 * Math.exp(0.01 * Math.sin(number / 50.0 + pair + leg));
        Symbol symbol = new Symbol(rows.symbol(pair, leg));
        step.add(new Bar(symbol, BarInterval.M1, ts, price, price, price, price, 1));
      }
    }
    return new MarketStep(ts, step);
  }
}

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
 * Market and decisions: a process that puts a bar of each symbol on stream {@code bars}, commits a
 * signal of every pair as inference does, and wakes the dispatcher. It goes on behind the last bar
 * the database has, whatever was killed in between. Arguments: database, user, password, Redis'
 * url, bars a second, or {@code real} for bars of the clock's minutes and a signal of one pair
 * after the other.
 */
final class WriterMain {
  private static final Channels CHANNELS = new Channels("");
  private static final Duration VALIDITY = Duration.ofMinutes(60);

  /** A pair enters, leaves six bars later, and rests as long. */
  private static final int CYCLE = 12;

  private static final double SIGNALS_A_SECOND = 10;
  private static final int REAL_PAIRS = 560;
  private static final Duration SOON = Duration.ofSeconds(3);

  private final String[] arguments;
  private final RedisSettings redis;
  private final boolean real;
  private final long nanosPerStep;
  private final Clock clock = Clock.systemUTC();
  private long dueAt = System.nanoTime();

  private WriterMain(String[] arguments) {
    this.arguments = arguments;
    this.redis = new RedisSettings(arguments[3], "", 0, "");
    this.real = arguments[4].equals(Floor.REAL);
    double perSecond = real ? SIGNALS_A_SECOND : Double.parseDouble(arguments[4]);
    this.nanosPerStep = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
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
        SignalRows rows = new SignalRows(connection, "SIM%03d%s", VALIDITY);
        Jedis jedis = redis.connect(2_000);
        BarStream stream = new BarStream(redis.connect(2_000), CHANNELS)) {
      while (true) {
        if (real) {
          realMinute(rows, jedis, stream);
        } else {
          Instant bar = rows.nextBar();
          long number = rows.bars();
          stream.add(step(rows, bar, number, Plan.PAIRS));
          rows.commitAll(Plan.PAIRS, pair -> action(number, pair));
          jedis.publish(CHANNELS.outboxWakeUp(), "signals");
          pace();
        }
      }
    }
  }

  /** The bar that ended last; entries expire soon. */
  private void realMinute(SignalRows rows, Jedis jedis, BarStream stream)
      throws SQLException, InterruptedException {
    Instant end = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    Instant bar = rows.nextBar(end.minus(BarInterval.M1.length()));
    stream.add(step(rows, bar, rows.bars(), REAL_PAIRS));
    for (int pair = 0; pair < REAL_PAIRS && clock.instant().isBefore(end.plusSeconds(60)); pair++) {
      rows.commit(pair, realAction(rows.bars(), pair), clock.instant().plus(SOON));
      jedis.publish(CHANNELS.outboxWakeUp(), "signals");
      pace();
    }
    long rest = Duration.between(clock.instant(), end.plusSeconds(60)).toMillis();
    if (rest > 0) {
      Thread.sleep(rest);
    }
  }

  private void pace() throws InterruptedException {
    dueAt = Math.max(dueAt + nanosPerStep, System.nanoTime() - nanosPerStep);
    long left = dueAt - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private static Action action(long bar, int pair) {
    int phase = (int) ((bar + 3L * pair) % CYCLE);
    return phase == 0 ? Action.ENTER : phase == CYCLE / 2 ? Action.EXIT : Action.HOLD;
  }

  /** As many entries a minute as are let through, and exits most of which find nothing to close. */
  private static Action realAction(long bar, int pair) {
    if (pair % 10 == 0) {
      return bar % 2 == 0 ? Action.ENTER : Action.EXIT;
    }
    return pair % 2 == 1 ? Action.EXIT : Action.HOLD;
  }

  private static MarketStep step(SignalRows rows, Instant ts, long number, int pairs) {
    List<Bar> step = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      for (char leg : new char[] {'A', 'B'}) {
        double price = 100 * Math.exp(0.01 * Math.sin(number / 50.0 + pair + leg));
        Symbol symbol = new Symbol(rows.symbol(pair, leg));
        step.add(new Bar(symbol, BarInterval.M1, ts, price, price, price, price, 1));
      }
    }
    return new MarketStep(ts, step);
  }
}

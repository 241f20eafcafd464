package io.mlassets.bench.faults;

import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import io.mlassets.suite.bars.BarStream;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.bars.Replay;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A process that feeds bars of {@link WaveMarket} behind the newest there are: into {@code
 * core.bars}, then on stream {@code bars}. Arguments: database, user, password, Redis' url, bars a
 * second.
 */
final class FeedMain {
  private final String[] arguments;
  private final Duration pace;

  private FeedMain(String[] arguments) {
    this.arguments = arguments;
    this.pace =
        Duration.ofNanos((long) (TimeUnit.SECONDS.toNanos(1) / Double.parseDouble(arguments[4])));
  }

  /** Feeds until it is ended. */
  public static void main(String[] arguments) throws InterruptedException {
    FeedMain feed = new FeedMain(arguments);
    while (true) {
      try {
        feed.feed();
      } catch (SQLException | JedisException e) {
        System.err.println("once more: " + e.getMessage());
        Thread.sleep(100);
      }
    }
  }

  private void feed() throws SQLException, InterruptedException {
    RedisSettings redis = new RedisSettings(arguments[3], "", 0, "");
    try (Connection connection =
            DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
        BarStream stream = new BarStream(redis.connect(2_000), new Channels(""))) {
      Replay replay = new Replay(new BarTable(connection), stream, pace);
      Instant next = newest(connection).plusSeconds(60);
      while (true) {
        replay.play(WaveMarket.at(next));
        next = next.plusSeconds(60);
      }
    }
  }

  private static Instant newest(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(ts) from core.bars")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }
}

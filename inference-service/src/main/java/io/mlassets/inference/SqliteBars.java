package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bars of table {@code bars} in a SQLite file that the data pipeline writes meanwhile. New rows are
 * those with a higher {@code rowid}: SQLite lets one writer in at a time and numbers rows while it
 * is in, so no row with a lower number is committed later, whatever the age of its bar.
 *
 * <p>A position is the number of a row and the bar it had; a file whose row of that number has
 * another bar, or that has no row so high, is another file, and is read from its start.
 */
final class SqliteBars implements BarSource {
  private static final Logger log = LoggerFactory.getLogger(SqliteBars.class);
  private static final int MOST_ROWS = 1_000;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final long CLOSE_MILLIS = 5_000;

  /** After a longer look away nobody can say when a row came. */
  private static final Duration GLANCE = Duration.ofSeconds(2);

  private static final List<String> COLUMNS =
      List.of("symbol", "interval", "ts", "open", "high", "low", "close", "volume");
  private static final String NEW_ROWS =
      "select rowid as number, %s from bars where rowid > ? order by rowid limit %d"
          .formatted(String.join(", ", COLUMNS), MOST_ROWS);
  private static final String HIGHEST =
      """
      select (select max(rowid) from bars),
             (select symbol || ' ' || interval || ' ' || ts from bars where rowid = ?)
      """;

  private final SqliteFile file;
  private final Duration pollEvery;
  private final JsonMapper json;
  private final MeterRegistry meters;
  private final Clock clock;
  private @Nullable Thread thread;
  private volatile boolean closed;

  /** Position; of the reading thread alone once it runs. */
  private String after = "0";

  private @Nullable Instant lookedAt;

  SqliteBars(
      SqliteFile file, Duration pollEvery, JsonMapper json, MeterRegistry meters, Clock clock) {
    this.file = file;
    this.pollEvery = pollEvery;
    this.json = json;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sqlite bars";
  }

  @Override
  public String kind() {
    return "sqlite";
  }

  @Override
  public String beginning() {
    return "0";
  }

  @Override
  public Comparator<String> order() {
    return Comparator.comparingLong(SqliteBars::rowOf);
  }

  @Override
  public void start(String after, Consumer<List<BarEntry>> handler) {
    this.after = after;
    Thread reading = new Thread(() -> readUntilClosed(handler), "sqlite-bars");
    reading.setDaemon(true);
    thread = reading;
    reading.start();
  }

  private void readUntilClosed(Consumer<List<BarEntry>> handler) {
    long pause = FIRST_PAUSE_MILLIS;
    while (!closed) {
      try (Connection connection = file.openToRead()) {
        Object key = file.key();
        beginAgainIfReplaced(connection);
        while (!closed && Objects.equals(key, file.key())) {
          follow(connection, handler);
          pause = FIRST_PAUSE_MILLIS;
        }
      } catch (SQLException | IOException | RuntimeException e) {
        if (!closed) {
          meters.counter("bars_read_failures_total").increment();
          log.warn("{} after {}: {}; again in {} ms", file.path(), after, e.toString(), pause);
          sleep(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
          // What the handler does besides bars must not wait for the file.
          idle(handler);
        }
      }
    }
  }

  private static void idle(Consumer<List<BarEntry>> handler) {
    try {
      handler.accept(List.of());
    } catch (RuntimeException e) {
      log.warn("without bars: {}", e.toString());
    }
  }

  private void follow(Connection connection, Consumer<List<BarEntry>> handler) throws SQLException {
    List<BarEntry> rows = read(connection);
    handler.accept(rows);
    if (!rows.isEmpty()) {
      after = rows.getLast().id();
    }
    if (rows.size() < MOST_ROWS) {
      sleep(pollEvery.toMillis());
    } else {
      lookedAt = null;
    }
  }

  private void beginAgainIfReplaced(Connection connection) throws SQLException {
    lookedAt = null;
    if (after.equals(beginning())) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(HIGHEST)) {
      statement.setLong(1, rowOf(after));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String bar = row.getString(2);
        boolean another = bar != null && !after.equals(rowOf(after) + " " + bar);
        if (another || row.getLong(1) < rowOf(after)) {
          log.warn("{} is not the file that was read up to {}; from its start", file.path(), after);
          after = beginning();
        }
      }
    }
  }

  private List<BarEntry> read(Connection connection) throws SQLException {
    List<BarEntry> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(NEW_ROWS)) {
      statement.setLong(1, rowOf(after));
      try (ResultSet row = statement.executeQuery()) {
        Instant now = clock.instant();
        boolean seen = lookedAt != null && Duration.between(lookedAt, now).compareTo(GLANCE) < 0;
        while (row.next()) {
          rows.add(entry(row, seen ? now : null));
        }
        lookedAt = now;
      }
    }
    return rows;
  }

  /** A row as the document the stream would carry, so that both are judged alike. */
  private BarEntry entry(ResultSet row, @Nullable Instant cameAt) throws SQLException {
    ObjectNode bar = json.createObjectNode();
    for (String column : COLUMNS) {
      bar.set(column, json.valueToTree(row.getObject(column)));
    }
    String id =
        "%d %s %s %s"
            .formatted(
                row.getLong("number"),
                row.getString("symbol"),
                row.getString("interval"),
                row.getString("ts"));
    return new BarEntry(id, json.writeValueAsString(bar), cameAt);
  }

  private static long rowOf(String position) {
    int blank = position.indexOf(' ');
    return Long.parseLong(blank < 0 ? position : position.substring(0, blank));
  }

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      try {
        thread.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

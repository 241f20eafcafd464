package io.mlassets.inference;

import io.mlassets.platform.ReadLoop;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of one table in a SQLite file that the data pipeline writes meanwhile. New rows are those
 * with a higher {@code rowid}: SQLite lets one writer in at a time and numbers rows while it is in,
 * so no row with a lower number is committed later, whatever its content.
 *
 * <p>A position is the number of a row and the key it had; a file whose row of that number has
 * another key, or that has no row so high, is another file, and is read from its start.
 */
public final class SqliteRows extends ReadLoop<SqliteRows.Row> {
  /** The position before the first row. */
  public static final String BEGINNING = "0";

  /**
   * The table read.
   *
   * @param name its name
   * @param columns read, as they are named in the document of a row
   * @param key of those, what a row is known by
   * @param least rows whose {@code ts} sorts before this text are passed over; empty for none
   */
  public record Table(String name, List<String> columns, List<String> key, String least) {}

  /**
   * What one row had.
   *
   * @param id the position; reading can go on after it
   * @param json the row as a document
   * @param cameAt when it came into the file, UTC; null if nobody saw it come
   */
  public record Row(String id, String json, @Nullable Instant cameAt) {}

  private static final Logger log = LoggerFactory.getLogger(SqliteRows.class);
  private static final int MOST_ROWS = 1_000;

  /** After a longer look away nobody can say when a row came. */
  private static final Duration GLANCE = Duration.ofSeconds(2);

  private final SqliteFile file;
  private final Table table;
  private final String newRows;
  private final String highest;
  private final Duration pollEvery;
  private final JsonMapper json;
  private final Runnable failed;
  private final Clock clock;

  /** Position; of the reading thread alone once it runs. */
  private String after = BEGINNING;

  private @Nullable Instant lookedAt;

  /**
   * A reader that has read nothing.
   *
   * @param pollEvery how often the file is looked at
   * @param failed told of every read that failed; it is tried again
   */
  public SqliteRows(
      SqliteFile file,
      Table table,
      Duration pollEvery,
      JsonMapper json,
      Runnable failed,
      Clock clock) {
    super("sqlite-" + table.name());
    this.file = file;
    this.table = table;
    this.pollEvery = pollEvery;
    this.json = json;
    this.failed = failed;
    this.clock = clock;
    this.newRows =
        "select rowid as number, %s from %s where rowid > ?%s order by rowid limit %d"
            .formatted(
                String.join(", ", table.columns()),
                table.name(),
                table.least().isEmpty() ? "" : " and (ts < ?) is not true",
                MOST_ROWS);
    this.highest =
        "select (select max(rowid) from %s), (select %s from %s where rowid = ?)"
            .formatted(table.name(), String.join(" || ' ' || ", table.key()), table.name());
  }

  /**
   * Starts reading; once.
   *
   * @param after rows after this position are read
   * @param handler called on the reader's thread with one or more rows, or with none while nothing
   *     comes; rows count as read once it returned
   */
  public void start(String after, Consumer<List<Row>> handler) {
    this.after = after;
    begin(handler);
  }

  @Override
  protected String place() {
    return "%s after %s".formatted(file.path(), after);
  }

  @Override
  protected void failed() {
    failed.run();
  }

  @Override
  protected void follow(Consumer<List<Row>> handler) throws IOException, SQLException {
    try (Connection connection = file.openToRead()) {
      Object key = file.key();
      beginAgainIfReplaced(connection);
      while (goesOn() && Objects.equals(key, file.key())) {
        follow(connection, handler);
      }
    }
  }

  private void follow(Connection connection, Consumer<List<Row>> handler) throws SQLException {
    List<Row> rows = read(connection);
    handler.accept(rows);
    if (!rows.isEmpty()) {
      after = rows.getLast().id();
    }
    if (rows.size() < MOST_ROWS) {
      sleep(pollEvery);
    } else {
      lookedAt = null;
    }
  }

  private void beginAgainIfReplaced(Connection connection) throws SQLException {
    lookedAt = null;
    if (after.equals(BEGINNING)) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(highest)) {
      statement.setLong(1, rowOf(after));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String key = row.getString(2);
        boolean another = key != null && !after.equals(rowOf(after) + " " + key);
        if (another || row.getLong(1) < rowOf(after)) {
          log.warn("{} is not the file that was read up to {}; from its start", file.path(), after);
          after = BEGINNING;
        }
      }
    }
  }

  private List<Row> read(Connection connection) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(newRows)) {
      statement.setLong(1, rowOf(after));
      if (!table.least().isEmpty()) {
        statement.setString(2, table.least());
      }
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

  /** A row as the document a stream would carry, so that both are judged alike. */
  private Row entry(ResultSet row, @Nullable Instant cameAt) throws SQLException {
    ObjectNode document = json.createObjectNode();
    for (String column : table.columns()) {
      document.set(column, json.valueToTree(row.getObject(column)));
    }
    StringBuilder id = new StringBuilder().append(row.getLong("number"));
    for (String column : table.key()) {
      id.append(' ').append(row.getString(column));
    }
    return new Row(id.toString(), json.writeValueAsString(document), cameAt);
  }

  /** The number of a position's row. */
  static long rowOf(String position) {
    int blank = position.indexOf(' ');
    return Long.parseLong(blank < 0 ? position : position.substring(0, blank));
  }
}

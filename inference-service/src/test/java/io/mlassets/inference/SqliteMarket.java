package io.mlassets.inference;

import io.mlassets.market.Bar;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A data pipeline that writes its bars into a SQLite file, as docs/operations.md asks for. */
final class SqliteMarket implements AutoCloseable {
  private final Path file;
  private final Connection connection;

  SqliteMarket(Path file) throws SQLException {
    this.file = file;
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute("pragma journal_mode = wal");
    execute(
        """
        create table if not exists bars (
          id integer primary key autoincrement,
          symbol text not null, interval text not null, ts text not null,
          open real not null, high real not null, low real not null, close real not null,
          volume real not null)
        """);
    connection.setAutoCommit(false);
  }

  Path file() {
    return file;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Rows in one transaction. */
  void add(List<Bar> bars) throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            """
            insert into bars (symbol, interval, ts, open, high, low, close, volume)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      for (Bar bar : bars) {
        row.setString(1, bar.symbol().name());
        row.setString(2, bar.interval().iso());
        row.setString(3, bar.ts().toString());
        row.setDouble(4, bar.open());
        row.setDouble(5, bar.high());
        row.setDouble(6, bar.low());
        row.setDouble(7, bar.close());
        row.setDouble(8, bar.volume());
        row.addBatch();
      }
      row.executeBatch();
    }
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

package io.mlassets.suite.demo;

import io.mlassets.suite.server.LocalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The trading state an operator left: a new demo starts on an empty database, but stays halted. */
record TradingState(List<Entry> entries) {
  /** A row of {@code core.trading_state}. */
  record Entry(String state, String reason, String actor, OffsetDateTime changedAt) {}

  /** Of the newest database of the suite; empty when there is none or it was never finished. */
  static TradingState ofNewest(LocalPostgres postgres) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    List<String> databases = postgres.databases();
    if (!databases.isEmpty()) {
      try (Connection connection = postgres.connect(databases.getLast());
          PreparedStatement known =
              connection.prepareStatement("select to_regclass('core.trading_state') is not null");
          ResultSet row = known.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          entries.addAll(newest(connection));
        }
      }
    }
    return new TradingState(entries);
  }

  private static List<Entry> newest(Connection connection) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "select state, reason, actor, changed_at from core.trading_state"
                    + " order by id desc limit 1");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        entries.add(
            new Entry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class)));
      }
    }
    return entries;
  }

  /** Writes it to another database. */
  void carryTo(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into core.trading_state (state, reason, actor, changed_at) values (?, ?, ?,"
                + " ?)")) {
      for (Entry entry : entries) {
        insert.setString(1, entry.state());
        insert.setString(2, entry.reason());
        insert.setString(3, entry.actor());
        insert.setObject(4, entry.changedAt());
        insert.executeUpdate();
      }
    }
  }
}

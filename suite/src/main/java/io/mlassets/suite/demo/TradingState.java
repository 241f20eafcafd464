package io.mlassets.suite.demo;

import io.mlassets.suite.server.LocalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The trading state that was left: a new demo starts on an empty database, but stays stopped. */
record TradingState(List<Entry> causes) {
  /** A row of {@code core.trading_causes} that holds. */
  record Entry(
      String cause,
      String state,
      OffsetDateTime since,
      OffsetDateTime marketSince,
      String reason,
      String actor,
      String figures) {}

  /** Of the newest database of the suite; empty when there is none or it was never finished. */
  static TradingState ofNewest(LocalPostgres postgres) throws SQLException {
    List<Entry> causes = new ArrayList<>();
    List<String> databases = postgres.databases();
    if (!databases.isEmpty()) {
      try (Connection connection = postgres.connect(databases.getLast())) {
        if (hasTable(connection, "core.trading_causes")) {
          causes.addAll(
              read(
                  connection,
                  """
                  select cause, state, since, market_since, reason, actor, figures::text
                  from core.trading_causes where state <> 'ACTIVE'
                  """));
        } else if (hasTable(connection, "core.trading_state")) {
          causes.addAll(
              read(
                  connection,
                  """
                  select 'OPERATOR', state, changed_at, changed_at, reason, actor, '{}'
                  from core.trading_state where state <> 'ACTIVE'
                    and id = (select max(id) from core.trading_state)
                  """));
        }
      }
    }
    return new TradingState(causes);
  }

  private static boolean hasTable(Connection connection, String table) throws SQLException {
    try (PreparedStatement known =
        connection.prepareStatement("select to_regclass(?) is not null")) {
      known.setString(1, table);
      try (ResultSet row = known.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static List<Entry> read(Connection connection, String sql) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        entries.add(
            new Entry(
                row.getString(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class),
                row.getObject(4, OffsetDateTime.class),
                row.getString(5),
                row.getString(6),
                row.getString(7)));
      }
    }
    return entries;
  }

  /** Writes it to another database. */
  void carryTo(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into core.trading_causes
              (cause, state, since, market_since, reason, actor, figures)
            values (?, ?, ?, ?, ?, ?, ?::jsonb)
            """)) {
      for (Entry cause : causes) {
        insert.setString(1, cause.cause());
        insert.setString(2, cause.state());
        insert.setObject(3, cause.since());
        insert.setObject(4, cause.marketSince());
        insert.setString(5, cause.reason());
        insert.setString(6, cause.actor());
        insert.setString(7, cause.figures());
        insert.executeUpdate();
      }
    }
  }
}

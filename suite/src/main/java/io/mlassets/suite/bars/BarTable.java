package io.mlassets.suite.bars;

import io.mlassets.market.Bar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Table {@code core.bars}. A bar that is there already is replaced. */
public final class BarTable {
  private static final int ROWS_PER_COPY = 20_000;
  private static final String COLUMNS = "(symbol, interval, ts, open, high, low, close, volume)";

  private final Connection connection;

  /** Writes over {@code connection}, whose transaction this class begins and ends. */
  public BarTable(Connection connection) {
    this.connection = connection;
  }

  /** Copies a history in bulk, in one transaction. */
  public void load(List<Bar> bars) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (isEmpty(statement)) {
        copy("core.bars", bars);
      } else {
        statement.execute("create temp table incoming (like core.bars) on commit drop");
        copy("incoming", bars);
        statement.execute(
            "insert into core.bars "
                + COLUMNS
                + " select symbol, interval, ts, open, high, low, close, volume from incoming"
                + " on conflict (symbol, interval, ts) do update set open = excluded.open,"
                + " high = excluded.high, low = excluded.low, close = excluded.close,"
                + " volume = excluded.volume");
      }
      connection.commit();
      // Without statistics the first queries over the history would guess.
      connection.setAutoCommit(true);
      statement.execute("analyze core.bars");
    } catch (SQLException | IOException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static boolean isEmpty(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select not exists (select 1 from core.bars)")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private void copy(String table, List<Bar> bars) throws SQLException, IOException {
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (int from = 0; from < bars.size(); from += ROWS_PER_COPY) {
      List<Bar> part = bars.subList(from, Math.min(bars.size(), from + ROWS_PER_COPY));
      copy.copyIn("copy " + table + " " + COLUMNS + " from stdin", rows(part));
    }
  }

  private static ByteArrayInputStream rows(List<Bar> bars) {
    StringBuilder text = new StringBuilder(bars.size() * 96);
    for (Bar bar : bars) {
      text.append(bar.symbol()).append('\t').append(bar.interval()).append('\t').append(bar.ts());
      for (double value :
          new double[] {bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()}) {
        text.append('\t').append(value);
      }
      text.append('\n');
    }
    return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** Inserts the bars of one step, in one transaction. */
  public void insert(MarketStep step) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into core.bars "
                + COLUMNS
                + " values (?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (symbol, interval, ts) do nothing")) {
      for (Bar bar : step.bars()) {
        insert.setString(1, bar.symbol().name());
        insert.setString(2, bar.interval().iso());
        insert.setObject(3, bar.ts().atOffset(ZoneOffset.UTC));
        insert.setDouble(4, bar.open());
        insert.setDouble(5, bar.high());
        insert.setDouble(6, bar.low());
        insert.setDouble(7, bar.close());
        insert.setDouble(8, bar.volume());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Records refused rows in {@code core.quarantine}. */
  public void refuse(List<RefusedRow> rows) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into core.quarantine (service, source, reason, payload) values ('loader', ?, ?,"
                + " ?)")) {
      for (RefusedRow row : rows) {
        insert.setString(1, row.source());
        insert.setString(2, row.reason());
        // PostgreSQL keeps no NUL.
        insert.setString(3, row.row().replace('\0', '?'));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}

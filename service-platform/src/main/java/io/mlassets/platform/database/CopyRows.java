package io.mlassets.platform.database;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * Bulk inserts by {@code COPY … FROM STDIN} (PostgreSQL documentation, "COPY"); takes part in the
 * caller's transaction.
 */
public final class CopyRows {
  private final DataSource dataSource;

  /** Over the service's pool. */
  public CopyRows(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Writes rows into a table.
   *
   * @param target table and columns, such as {@code core.bars (symbol, ts)}
   * @param rows each row's values in that order; see {@link CopyLine}
   * @return rows written
   */
  public long into(String target, Stream<CopyLine> rows) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      return write(
          new PGCopyOutputStream(postgres, "copy " + target + " from stdin", 1 << 16), rows);
    } catch (SQLException e) {
      throw translated(target, e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static long write(PGCopyOutputStream out, Stream<CopyLine> rows) throws SQLException {
    try {
      BufferedWriter writer =
          new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
      for (Iterator<CopyLine> it = rows.iterator(); it.hasNext(); ) {
        writer.write(it.next().text());
      }
      writer.flush();
      return out.endCopy();
    } catch (IOException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      throw new UncheckedIOException(e);
    } finally {
      if (out.isActive()) {
        out.cancelCopy();
      }
    }
  }

  private static RuntimeException translated(String target, SQLException e) {
    RuntimeException better = new SQLExceptionSubclassTranslator().translate("copy", target, e);
    return better == null ? new IllegalStateException("copy into " + target, e) : better;
  }
}

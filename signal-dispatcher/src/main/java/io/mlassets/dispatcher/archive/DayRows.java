package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/**
 * Rows as text that is the same for the same rows: {@code COPY … TO} in CSV, numbers to the last
 * bit, times in UTC (PostgreSQL documentation, "COPY" and "extra_float_digits").
 */
class DayRows {
  /** All signals; its columns are those that are archived. */
  static final String SIGNALS = "core.signals";

  static final String DISPATCH = "core.signal_dispatch";

  /**
   * A day that has live signals and whose time has come.
   *
   * @param unrecorded signals without an outcome, or with a number Redis may not have
   */
  record DueDay(LocalDate day, long signals, long unrecorded) {}

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  DayRows(DataSource dataSource, JdbcClient jdbc) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
  }

  /** The newest bar decided on that does not lie in the future. */
  Optional<Instant> newestBar(Instant now) {
    return jdbc.sql("select max(bar_ts) from core.signals_live where bar_ts <= ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  /** Days before {@code firstKept} with live signals, oldest first. */
  List<DueDay> due(LocalDate firstKept) {
    return jdbc.sql(
            """
            select (s.bar_ts at time zone 'UTC')::date, count(*), count(*) filter (
                where d.signal_id is null or (d.seq is not null and d.sent_at is null))
            from core.signals_live s
            left join core.signal_dispatch d on d.signal_id = s.signal_id
            where s.bar_ts < ? group by 1 order by 1
            """)
        .param(firstKept.atStartOfDay().atOffset(ZoneOffset.UTC))
        .query(
            (row, n) ->
                new DueDay(row.getObject(1, LocalDate.class), row.getLong(2), row.getLong(3)))
        .list();
  }

  /** How many signals of a day are live. */
  long live(ArchivePart part) {
    return jdbc.sql("select count(*) from core.signals_live where " + barsOf("bar_ts", part))
        .query(Long.class)
        .single();
  }

  /** How many of a day's live signals have no outcome, or a number Redis may not have. */
  long unrecorded(ArchivePart part) {
    return jdbc.sql(
            """
            select count(*) from core.signals_live s
            left join core.signal_dispatch d on d.signal_id = s.signal_id
            where (d.signal_id is null or (d.seq is not null and d.sent_at is null)) and %s
            """
                .formatted(barsOf("s.bar_ts", part)))
        .query(Long.class)
        .single();
  }

  /** A table's columns, quoted, in their order. */
  List<String> columns(String table) {
    return jdbc.sql(
            """
            select quote_ident(column_name) from information_schema.columns
            where table_schema || '.' || table_name = ? order by ordinal_position
            """)
        .param(table)
        .query(String.class)
        .list();
  }

  /** Writes a day's live signals; needs {@link #sameText()} before. */
  long liveSignals(ArchivePart part, OutputStream out) {
    return signals("core.signals_live", part, "", out);
  }

  /** Writes the signals of a part in the history. */
  long movedSignals(ArchivePart part, OutputStream out) {
    return signals("core.signals_history", part, " and archive_part = " + part.number(), out);
  }

  private long signals(String table, ArchivePart part, String which, OutputStream out) {
    return copy(
        "select %s from %s where %s%s order by bar_ts, signal_id"
            .formatted(String.join(", ", columns(SIGNALS)), table, barsOf("bar_ts", part), which),
        out);
  }

  /** Writes the dispatch rows of a day's live signals. */
  long liveDispatch(ArchivePart part, OutputStream out) {
    return copy(
        """
        select %s from core.signal_dispatch d
        join core.signals_live s on s.signal_id = d.signal_id
        where %s order by s.bar_ts, s.signal_id
        """
            .formatted("d." + String.join(", d.", columns(DISPATCH)), barsOf("s.bar_ts", part)),
        out);
  }

  /** Makes the current transaction's texts independent of where it runs. */
  void sameText() {
    jdbc.sql("set local timezone = 'UTC'").update();
    jdbc.sql("set local datestyle = 'ISO, YMD'").update();
    jdbc.sql("set local extra_float_digits = 1").update();
  }

  /** Writes a query's rows as CSV with a header; returns how many. */
  long copy(String query, OutputStream out) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (" + query + ") to stdout (format csv, header)", out);
    } catch (SQLException e) {
      throw translated(query, e);
    } catch (IOException e) {
      throw new UncheckedIOException("rows cannot be written: " + e.getMessage(), e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  static RuntimeException translated(String query, SQLException e) {
    RuntimeException better = new SQLExceptionSubclassTranslator().translate("copy", query, e);
    better =
        better == null ? new SQLStateSQLExceptionTranslator().translate("copy", query, e) : better;
    return better == null ? new IllegalStateException(query, e) : better;
  }

  /** Days and numbers are this program's own: no text of anybody's comes into the SQL. */
  static String barsOf(String column, ArchivePart part) {
    return "%1$s >= timestamptz '%2$sT00:00:00Z' and %1$s < timestamptz '%3$sT00:00:00Z'"
        .formatted(column, part.day(), part.day().plusDays(1));
  }
}

package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchiveManifest;
import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchivedDay;
import io.mlassets.archive.ArchivedDay.Contents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings a part's rows back where they are missing, in one transaction: signals into the history,
 * their dispatch beside it. A row that is there is left as it is, and must be the same one.
 */
class RestoreDay {
  private static final String SIGNALS = "restored_signals";
  private static final String DISPATCH = "restored_dispatch";
  private static final int SHOWN = 5;

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final DayRows rows;
  private final ArchivedDays days;
  private final ReadBack readBack;
  private final TransactionOperations transactions;
  private final String place;
  private final Path work;

  RestoreDay(
      DataSource dataSource,
      JdbcClient jdbc,
      DayRows rows,
      ArchivedDays days,
      ReadBack readBack,
      TransactionOperations transactions,
      String place,
      Path work) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.rows = rows;
    this.days = days;
    this.readBack = readBack;
    this.transactions = transactions;
    this.place = place;
    this.work = work;
  }

  RestoredPart restore(ArchivePart part) {
    Optional<ArchivedDay> known = days.find(part);
    Path folder = StoreDay.emptyFolder(work, "restore-" + part.folder().replace('/', '-'));
    try {
      String onRecord =
          known
              .map(ArchivedDay::contents)
              .map(contents -> Objects.requireNonNull(contents).hashList())
              .orElse(null);
      ArchiveManifest manifest = readBack.read(part, onRecord, folder).intact();
      return Objects.requireNonNull(
          transactions.execute(status -> restoreWithin(manifest, folder, known.isEmpty())));
    } finally {
      StoreDay.remove(folder);
    }
  }

  private RestoredPart restoreWithin(ArchiveManifest manifest, Path folder, boolean unknown) {
    rows.sameText();
    List<String> signalColumns =
        load(SIGNALS, DayRows.SIGNALS, folder.resolve(ReadBack.plainName(ArchiveManifest.SIGNALS)));
    List<String> dispatchColumns =
        load(
            DISPATCH,
            DayRows.DISPATCH,
            folder.resolve(ReadBack.plainName(ArchiveManifest.DISPATCH)));
    refuseOthers(SIGNALS, DayRows.SIGNALS, signalColumns);
    refuseOthers(DISPATCH, DayRows.DISPATCH, dispatchColumns);
    refuseTakenNumbers();
    String columns = String.join(", ", signalColumns);
    long signals =
        jdbc.sql(
                """
                insert into core.signals_history (%1$s, archive_part)
                select %1$s, ? from restored_signals r
                where not exists (select 1 from core.signals s where s.signal_id = r.signal_id)
                """
                    .formatted(columns))
            .param(manifest.part())
            .update();
    String dispatch = String.join(", ", dispatchColumns);
    long dispatched =
        jdbc.sql(
                """
                insert into core.signal_dispatch (%1$s) select %1$s from restored_dispatch
                on conflict (signal_id) do nothing
                """
                    .formatted(dispatch))
            .update();
    raiseNumbers();
    compare(manifest, columns, dispatch);
    if (unknown && rows.live(manifest.key()) == 0) {
      days.adopt(manifest.key(), place, Contents.of(manifest), UUID.randomUUID());
    }
    return new RestoredPart(
        signals, dispatched, manifest.signals().rows(), manifest.dispatch().rows());
  }

  /** Reads a file into a table of this transaction; returns its columns. */
  private List<String> load(String table, String like, Path file) {
    List<String> columns = header(like, file);
    jdbc.sql(
            "create temporary table %s (like %s including defaults) on commit drop"
                .formatted(table, like))
        .update();
    String sql =
        "copy %s (%s) from stdin (format csv, header match)"
            .formatted(table, String.join(", ", columns));
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try (InputStream in = Files.newInputStream(file)) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in);
    } catch (SQLException e) {
      throw DayRows.translated(sql, e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
    jdbc.sql("create unique index on %s (signal_id)".formatted(table)).update();
    jdbc.sql("analyze " + table).update();
    return columns;
  }

  /** An archive may be older than the newest columns, but knows none that are not there. */
  private List<String> header(String like, Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      List<String> named = List.of(String.valueOf(reader.readLine()).split(","));
      List<String> known = rows.columns(like);
      // A header quotes a name only if CSV has to, SQL if it is a key word as well.
      List<String> plain = known.stream().map(name -> name.replace("\"", "")).toList();
      for (String column : named) {
        if (!plain.contains(column)) {
          throw new IllegalStateException(
              "%s: column '%s' is none of %s; was it made by a newer version?"
                  .formatted(file.getFileName(), column, like));
        }
      }
      return named.stream().map(column -> known.get(plain.indexOf(column))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void refuseOthers(String table, String there, List<String> columns) {
    String ours = "r." + String.join(", r.", columns);
    String theirs = "t." + String.join(", t.", columns);
    List<String> others =
        jdbc.sql(
                """
                select r.signal_id::text from %s r join %s t on t.signal_id = r.signal_id
                where (%s) is distinct from (%s) order by 1 limit %d
                """
                    .formatted(table, there, ours, theirs, SHOWN))
            .query(String.class)
            .list();
    if (!others.isEmpty()) {
      throw new IllegalStateException(
          "%s has other rows than the archive under signal_id %s; nothing was restored"
              .formatted(there, others));
    }
  }

  private void refuseTakenNumbers() {
    List<String> taken =
        jdbc.sql(
                """
                select d.stream || ' ' || d.seq from restored_dispatch r
                join core.signal_dispatch d on d.stream = r.stream and d.seq = r.seq
                where d.signal_id <> r.signal_id order by d.stream, d.seq limit %d
                """
                    .formatted(SHOWN))
            .query(String.class)
            .list();
    if (!taken.isEmpty()) {
      throw new IllegalStateException(
          "core.signal_dispatch has given numbers of the archive to other signals: %s; nothing was"
                  .formatted(taken)
              + " restored");
    }
  }

  /** No number of the archive may be given again. */
  private void raiseNumbers() {
    jdbc.sql(
            """
            insert into core.dispatch_lease as l (stream, holder, epoch, next_seq, expires_at)
            select stream, 'archive', max(epoch), max(seq) + 1, clock_timestamp()
            from restored_dispatch where seq is not null group by stream
            on conflict (stream) do update set next_seq = excluded.next_seq
            where l.next_seq < excluded.next_seq
            """)
        .update();
  }

  private void compare(ArchiveManifest manifest, String columns, String dispatchColumns) {
    String signals =
        RowsFile.hashOf(
            out ->
                rows.copy(
                    """
                    select %s from core.signals s
                    where signal_id in (select signal_id from restored_signals) and %s
                    order by bar_ts, signal_id
                    """
                        .formatted(columns, DayRows.barsOf("bar_ts", manifest.key())),
                    out));
    String dispatch =
        RowsFile.hashOf(
            out ->
                rows.copy(
                    """
                    select %s from core.signal_dispatch d
                    where signal_id in (select signal_id from restored_dispatch)
                    order by bar_ts, signal_id
                    """
                        .formatted(dispatchColumns),
                    out));
    if (!signals.equals(manifest.signals().rowsSha256())
        || !dispatch.equals(manifest.dispatch().rowsSha256())) {
      throw new IllegalStateException(
          "%s: the rows restored are not those archived; taken back".formatted(manifest.key()));
    }
  }
}

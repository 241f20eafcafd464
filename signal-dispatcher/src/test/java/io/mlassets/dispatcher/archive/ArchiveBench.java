package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchivePlace;
import io.mlassets.archive.ArchiveRules;
import io.mlassets.platform.testing.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Days of signals on a real PostgreSQL, and archives over it as the dispatcher's role. */
final class ArchiveBench implements AutoCloseable {
  static final LocalDate FIRST = LocalDate.parse("2025-07-01");

  /** The newest bar: everything before its day is due. */
  static final LocalDate LAST = LocalDate.parse("2026-07-01");

  static final int SIGNALS = 40;
  static final ArchiveRules AT_ONCE = new ArchiveRules("30 0 * * *", 0);
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-02T12:00:00Z"), ZoneOffset.UTC);
  final TestServers servers = TestServers.start();
  final JdbcClient owner = JdbcClient.create(servers.dataSource());
  final DataSource dispatcher = servers.dataSource("mlassets_dispatcher");
  final Path folder = servers.var().resolve("archive");
  final Path work = servers.var().resolve("work");

  ArchiveBench() {
    decide(LAST, 1, "still live");
  }

  ArchivePlace.Folder place() {
    return new ArchivePlace.Folder(folder.toAbsolutePath(), false);
  }

  SignalArchive archive() {
    return over(new FolderStore(place()), place().name());
  }

  SignalArchive over(ArchiveStore store, String place) {
    return new SignalArchive(dispatcher, store, place, AT_ONCE, work, CLOCK);
  }

  /** A day of signals with the values that are hardest to bring back, all dispatched. */
  void day(LocalDate day) {
    owner.sql("select core.ensure_signal_partition(?)").param(day).query((row, n) -> "").list();
    decide(day, SIGNALS, "a reason, \"quoted\"\nwith \\N, 日本 and '';");
    dispatch(day);
  }

  /** Signals of a day without outcome. */
  void decide(LocalDate day, int count, String reason) {
    owner
        .sql(
            """
            insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
              expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
              theta2, position_scale, action, reason, legs, model_version, policy_hash,
              leverage_reduction)
            select gen_random_uuid(), case n % 2 when 0 then 'live' else 'shadow' end, 'AAA-BBB',
              'PT1M', :day + (n + taken) * interval '1 min', clock_timestamp(),
              clock_timestamp() + interval '0.000001 s', case n when 3 then 'NaN' else
              random() * 10 ^ (n - 20) end, 0.1::float8 + 0.2::float8, random(), case n % 3 when 0 then '' else
              'SELL_AAA, BUY_BBB' end, 1e-300, n % 2, 0.7123, 0.3, random(), 'HOLD', :reason,
              '[{"side": "SELL", "symbol": "AAA", "weight": 0.6000000000000001}]',
              '20250701_0300', '', 0.5
            from generate_series(1, :count) n,
              (select count(*) as taken from core.signals
               where bar_ts >= :day and bar_ts < :day + interval '1 day') already
            """)
        .param("day", day.atStartOfDay().atOffset(ZoneOffset.UTC))
        .param("count", count)
        .param("reason", reason)
        .update();
  }

  /** Gives every signal of a day without one an outcome. */
  void dispatch(LocalDate day) {
    owner
        .sql(
            """
            insert into core.signal_dispatch (signal_id, stream, seq, epoch, outcome, payload,
              bar_ts, sent_at, reason)
            select signal_id, 'all:' || mode, n + coalesce((select max(seq) from
                core.signal_dispatch), 0), 7, 'PUBLISHED', '{"z":' || z_score || ',"q":"\\"x\\""}',
              bar_ts, clock_timestamp(), case when n % 2 = 0 then 'because, of' end
            from (
              select *, row_number() over (order by bar_ts) n from core.signals_live s
              where bar_ts >= :day and bar_ts < :day + interval '1 day' and not exists (
                select 1 from core.signal_dispatch d where d.signal_id = s.signal_id)) s
            """)
        .param("day", day.atStartOfDay().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Every signal of a day wherever it is, and every dispatch row, to the last bit. */
  List<String> everything(LocalDate day) {
    return Stream.concat(texts("core.signals", day), texts("core.signal_dispatch", day)).toList();
  }

  private Stream<String> texts(String table, LocalDate day) {
    return owner
        .sql(
            "select t::text from %s t where bar_ts >= :day and bar_ts < :day + interval '1 day'"
                    .formatted(table)
                + " order by bar_ts, signal_id")
        .param("day", day.atStartOfDay().atOffset(ZoneOffset.UTC))
        .query(String.class)
        .list()
        .stream();
  }

  long live(LocalDate day) {
    return in("core.signals_live", day);
  }

  long history(LocalDate day) {
    return in("core.signals_history", day);
  }

  private long in(String table, LocalDate day) {
    return owner
        .sql(
            "select count(*) from %s where bar_ts >= :day and bar_ts < :day + interval '1 day'"
                .formatted(table))
        .param("day", day.atStartOfDay().atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  String step(LocalDate day, int part) {
    return owner
        .sql(
            "select coalesce(max(done), 'NONE') from core.archived_days where day = ? and part = ?")
        .params(day, part)
        .query(String.class)
        .single();
  }

  boolean hasPartition(LocalDate day) {
    return owner
        .sql("select to_regclass('core.signals_live_' || to_char(?::date, 'YYYYMMDD')) is not null")
        .param(day)
        .query(Boolean.class)
        .single();
  }

  Path file(LocalDate day, int part, String name) {
    return folder.resolve(new ArchivePart(day, part).folder()).resolve(name);
  }

  /** Flips a bit in the middle of a file. */
  static void tamper(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    servers.close();
  }
}

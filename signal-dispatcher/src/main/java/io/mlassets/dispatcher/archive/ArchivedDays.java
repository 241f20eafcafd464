package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchiveStep;
import io.mlassets.archive.ArchivedDay;
import io.mlassets.archive.ArchivedDay.Contents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code core.archived_days}: what was done of each part, written before a step and after it. A
 * step belongs to the run that began it; one whose part another run has taken changes nothing.
 */
class ArchivedDays {
  private static final String ALL =
      """
      select day, part, place, done, doing, signals, dispatched, bytes, hash_list, failure
      from core.archived_days
      """;
  private final JdbcClient jdbc;

  ArchivedDays(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Every part, oldest first. */
  List<ArchivedDay> all() {
    return jdbc.sql(ALL + " order by day, part").query((row, n) -> day(row)).list();
  }

  /** The parts of a day. */
  List<ArchivedDay> of(LocalDate day) {
    return jdbc.sql(ALL + " where day = ? order by part")
        .param(day)
        .query((row, n) -> day(row))
        .list();
  }

  Optional<ArchivedDay> find(ArchivePart part) {
    return of(part.day()).stream().filter(day -> day.part().equals(part)).findFirst();
  }

  ArchivedDay get(ArchivePart part) {
    return find(part).orElseThrow(() -> new IllegalStateException(part + " is not planned"));
  }

  /** The newest part known to lie whole in a place. */
  Optional<ArchivedDay> newestIn(String place) {
    return jdbc.sql(
            ALL
                + " where place = ? and done in ('VERIFIED', 'MOVED', 'DROPPED')"
                + " order by changed_at desc, day desc limit 1")
        .param(place)
        .query((row, n) -> day(row))
        .optional();
  }

  private static ArchivedDay day(ResultSet row) throws SQLException {
    String hashList = row.getString("hash_list");
    String doing = row.getString("doing");
    return new ArchivedDay(
        new ArchivePart(row.getObject("day", LocalDate.class), row.getInt("part")),
        row.getString("place"),
        ArchiveStep.valueOf(row.getString("done")),
        doing == null ? null : ArchiveStep.valueOf(doing),
        hashList == null
            ? null
            : new Contents(
                row.getLong("signals"), row.getLong("dispatched"), row.getLong("bytes"), hashList),
        row.getString("failure"));
  }

  /** Takes a part up. */
  void plan(ArchivePart part, String place, UUID runner) {
    jdbc.sql(
            """
            insert into core.archived_days (day, part, place, done, runner)
            values (?, ?, ?, 'PLANNED', ?)
            """)
        .params(part.day(), part.number(), place, runner)
        .update();
  }

  /** A step is about to be done by this run; one that did it before has no say any more. */
  void begin(ArchivePart part, ArchiveStep step, UUID runner) {
    ArchiveStep before = ArchiveStep.values()[step.ordinal() - 1];
    expectOne(
        part,
        step,
        jdbc.sql(
                """
                update core.archived_days set doing = ?, runner = ?, attempts = attempts + 1,
                  failure = null, changed_at = clock_timestamp()
                where day = ? and part = ? and done = ?
                """)
            .params(step.name(), runner, part.day(), part.number(), before.name())
            .update());
  }

  /** The files are in the store. */
  void stored(ArchivePart part, Contents contents, UUID runner) {
    expectOne(
        part,
        ArchiveStep.STORED,
        jdbc.sql(
                """
                update core.archived_days set done = 'STORED', doing = null, signals = ?,
                  dispatched = ?, bytes = ?, hash_list = ?, changed_at = clock_timestamp()
                where day = ? and part = ? and doing = 'STORED' and runner = ?
                """)
            .params(
                contents.signals(),
                contents.dispatched(),
                contents.bytes(),
                contents.hashList(),
                part.day(),
                part.number(),
                runner)
            .update());
  }

  /** A step has ended. */
  void end(ArchivePart part, ArchiveStep step, UUID runner) {
    expectOne(
        part,
        step,
        jdbc.sql(
                """
                update core.archived_days set done = doing, doing = null,
                  changed_at = clock_timestamp()
                where day = ? and part = ? and doing = ? and runner = ?
                """)
            .params(part.day(), part.number(), step.name(), runner)
            .update());
  }

  /** What is stored is not what is live: it is to be stored anew. */
  void storeAgain(ArchivePart part, UUID runner) {
    expectOne(
        part,
        ArchiveStep.PLANNED,
        jdbc.sql(
                """
                update core.archived_days set done = 'PLANNED', doing = null,
                  changed_at = clock_timestamp()
                where day = ? and part = ? and done in ('STORED', 'VERIFIED') and runner = ?
                """)
            .params(part.day(), part.number(), runner)
            .update());
  }

  /** Notes why a part did not come further. */
  void failed(ArchivePart part, String failure, UUID runner) {
    jdbc.sql(
            """
            update core.archived_days set failure = ?, changed_at = clock_timestamp()
            where day = ? and part = ? and runner = ?
            """)
        .params(failure, part.day(), part.number(), runner)
        .update();
  }

  /** A part that another database archived and this one restored. */
  void adopt(ArchivePart part, String place, Contents contents, UUID runner) {
    jdbc.sql(
            """
            insert into core.archived_days (day, part, place, done, runner, signals, dispatched,
              bytes, hash_list)
            values (?, ?, ?, 'DROPPED', ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            part.day(),
            part.number(),
            place,
            runner,
            contents.signals(),
            contents.dispatched(),
            contents.bytes(),
            contents.hashList())
        .update();
  }

  private static void expectOne(ArchivePart part, ArchiveStep step, int rows) {
    if (rows != 1) {
      throw new IllegalStateException(
          "%s: %s is not ours to do, another run has the part".formatted(part, step));
    }
  }
}

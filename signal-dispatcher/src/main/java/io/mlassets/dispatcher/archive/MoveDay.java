package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchiveManifest;
import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchiveStep;
import io.mlassets.archive.ArchivedDay.Contents;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves a day's rows into the history, in one transaction with the note of it: only while they are,
 * to the last byte, what was stored and read back, and only if the history's rows are so too.
 */
class MoveDay {
  /** What came of it. */
  enum Outcome {
    MOVED,
    /** Signals came since the day was stored; nothing was moved. */
    LATE_SIGNALS
  }

  private final DayRows rows;
  private final ArchivedDays days;
  private final JdbcClient jdbc;
  private final TransactionOperations snapshot;

  MoveDay(DayRows rows, ArchivedDays days, JdbcClient jdbc, TransactionOperations snapshot) {
    this.rows = rows;
    this.days = days;
    this.jdbc = jdbc;
    this.snapshot = snapshot;
  }

  Outcome move(ArchiveManifest stored, Contents onRecord, UUID runner) {
    return Objects.requireNonNull(snapshot.execute(status -> moveWithin(stored, onRecord, runner)));
  }

  private Outcome moveWithin(ArchiveManifest stored, Contents onRecord, UUID runner) {
    ArchivePart part = stored.key();
    rows.sameText();
    if (!isStill(stored)) {
      long live = rows.live(part);
      if (live > onRecord.signals()) {
        return Outcome.LATE_SIGNALS;
      }
      throw new IllegalStateException(
          ("%s: its live rows are no longer those stored (%d live, %d stored); nobody may change"
                  + " or delete signals, so somebody has to look")
              .formatted(part, live, onRecord.signals()));
    }
    long moved =
        jdbc.sql("select core.move_signals(?, ?, ?)")
            .params(part.day(), part.number(), runner)
            .query(Long.class)
            .single();
    String inHistory = RowsFile.hashOf(out -> rows.movedSignals(part, out));
    if (moved != onRecord.signals() || !inHistory.equals(stored.signals().rowsSha256())) {
      throw new IllegalStateException(
          "%s: %d rows came into the history with SHA-256 %s, expected %d with %s; taken back"
              .formatted(
                  part, moved, inHistory, onRecord.signals(), stored.signals().rowsSha256()));
    }
    days.end(part, ArchiveStep.MOVED, runner);
    return Outcome.MOVED;
  }

  private boolean isStill(ArchiveManifest stored) {
    ArchivePart part = stored.key();
    return RowsFile.hashOf(out -> rows.liveSignals(part, out)).equals(stored.signals().rowsSha256())
        && RowsFile.hashOf(out -> rows.liveDispatch(part, out))
            .equals(stored.dispatch().rowsSha256());
  }
}

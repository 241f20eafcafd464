package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchiveManifest;
import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchiveRules;
import io.mlassets.archive.ArchiveStep;
import io.mlassets.archive.ArchivedDay;
import io.mlassets.archive.ArchivedDay.Contents;
import io.mlassets.archive.HashList;
import io.mlassets.dispatcher.archive.DayRows.DueDay;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One run: what an earlier one left is taken up where it was, then every day whose time has come.
 * Each part goes through its steps by itself; one that fails does not hold up the others, unless
 * the store is away for all.
 */
class RunArchive {
  private static final Logger log = LoggerFactory.getLogger(RunArchive.class);

  /** How often a part is stored again at once because signals came in between. */
  private static final int STORE_AGAIN = 2;

  private final ArchiveStore store;
  private final String place;
  private final ArchiveRules rules;
  private final DayRows rows;
  private final ArchivedDays days;
  private final StoreDay storeDay;
  private final ReadBack readBack;
  private final MoveDay moveDay;
  private final JdbcClient jdbc;
  private final Clock clock;

  RunArchive(
      ArchiveStore store,
      String place,
      ArchiveRules rules,
      DayRows rows,
      ArchivedDays days,
      StoreDay storeDay,
      ReadBack readBack,
      MoveDay moveDay,
      JdbcClient jdbc,
      Clock clock) {
    this.store = store;
    this.place = place;
    this.rules = rules;
    this.rows = rows;
    this.days = days;
    this.storeDay = storeDay;
    this.readBack = readBack;
    this.moveDay = moveDay;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Runs; the caller holds the lock. */
  ArchiveReport run() {
    UUID runner = UUID.randomUUID();
    List<ArchivePart> moved = new ArrayList<>();
    List<ArchiveReport.Waiting> waiting = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    long signals = 0;
    try {
      checkPlace();
      for (DueDay day : due()) {
        if (day.unrecorded() > 0) {
          waiting.add(new ArchiveReport.Waiting(day.day(), day.signals(), day.unrecorded()));
        } else {
          signals += carry(partOf(day.day(), runner), runner, moved, waiting, failed);
        }
      }
      for (ArchivedDay left : days.all()) {
        if (left.done() == ArchiveStep.MOVED) {
          signals += carry(left.part(), runner, moved, waiting, failed);
        }
      }
    } catch (StoreFailure e) {
      log.error("the archive is not to be used: {}", e.getMessage());
      failed.add(String.valueOf(e.getMessage()));
    }
    return new ArchiveReport(false, moved, signals, waiting, failed);
  }

  /** An empty folder where the last part should be is a share that is not mounted. */
  private void checkPlace() {
    store.check();
    Optional<ArchivedDay> newest = days.newestIn(place);
    if (newest.isPresent()
        && !store
            .list(newest.get().part().folder())
            .contains(newest.get().part().folder() + "/" + HashList.NAME)) {
      throw new StoreFailure(
          "%s: %s, archived there, is missing; is it another share or bucket than before?"
              .formatted(place, newest.get().part()));
    }
  }

  private List<DueDay> due() {
    Instant now = clock.instant();
    return rows.newestBar(now).map(newest -> rows.due(rules.firstKept(newest))).orElse(List.of());
  }

  /** The part under way of a day, else a new one. */
  private ArchivePart partOf(LocalDate day, UUID runner) {
    List<ArchivedDay> known = days.of(day);
    Optional<ArchivedDay> underWay =
        known.stream().filter(one -> !one.done().isMoved()).findFirst();
    if (underWay.isPresent()) {
      return underWay.get().part();
    }
    ArchivePart part = new ArchivePart(day, nextNumber(day, known));
    days.plan(part, place, runner);
    return part;
  }

  /** Above every number on record or in the store: another database's files stay as they are. */
  private int nextNumber(LocalDate day, List<ArchivedDay> known) {
    Stream<ArchivePart> stored =
        store.list(ArchivePart.folderOf(day)).stream()
            .map(name -> name.substring(0, Math.max(0, name.lastIndexOf('/'))))
            .flatMap(folder -> ArchivePart.ofFolder(folder).stream());
    return Stream.concat(known.stream().map(ArchivedDay::part), stored)
            .max(Comparator.naturalOrder())
            .map(ArchivePart::number)
            .orElse(0)
        + 1;
  }

  /** Brings a part as far as it goes; returns the signals moved. */
  private long carry(
      ArchivePart part,
      UUID runner,
      List<ArchivePart> moved,
      List<ArchiveReport.Waiting> waiting,
      List<String> failed) {
    long signals = 0;
    try {
      Optional<ArchiveStep> next = days.get(part).done().next();
      int again = 0;
      while (next.isPresent() && again <= STORE_AGAIN) {
        ArchiveStep step = next.get();
        requirePlace(part);
        if (!take(part, step, runner)) {
          again++;
          // The dispatcher looks for what waits among the live signals: these must stay.
          long unrecorded = rows.unrecorded(part);
          if (unrecorded > 0) {
            waiting.add(new ArchiveReport.Waiting(part.day(), rows.live(part), unrecorded));
            break;
          }
        } else if (step == ArchiveStep.MOVED) {
          moved.add(part);
          signals = days.get(part).stored().signals();
          log.info("{}: {} signals moved to core.signals_history", part, signals);
        }
        ArchiveStep done = days.get(part).done();
        if (step == ArchiveStep.DROPPED && done != step) {
          break;
        }
        next = done.next();
      }
    } catch (StoreFailure e) {
      days.failed(part, String.valueOf(e.getMessage()), runner);
      throw e;
    } catch (RuntimeException e) {
      log.error("{} cannot be archived: {}", part, e.getMessage(), e);
      failed.add("%s: %s".formatted(part, e.getMessage()));
      days.failed(part, String.valueOf(e.getMessage()), runner);
    }
    return signals;
  }

  private void requirePlace(ArchivePart part) {
    ArchivedDay day = days.get(part);
    if (!day.done().isMoved() && !day.place().equals(place)) {
      throw new IllegalStateException(
          "%s was begun in %s, now set is %s; set the old place until it is moved"
              .formatted(part, day.place(), place));
    }
  }

  /** Does a step; false when the part has to be stored again. */
  private boolean take(ArchivePart part, ArchiveStep step, UUID runner) {
    days.begin(part, step, runner);
    switch (step) {
      case STORED -> days.stored(part, storeDay.store(part), runner);
      case VERIFIED -> {
        try {
          read(part);
        } catch (DamagedArchiveException e) {
          days.storeAgain(part, runner);
          throw e;
        }
        days.end(part, step, runner);
      }
      case MOVED -> {
        // Read once more: since it was verified a day may have passed, or a kill.
        if (moveDay.move(read(part), days.get(part).stored(), runner)
            == MoveDay.Outcome.LATE_SIGNALS) {
          log.info("{}: signals came since it was stored; it is stored again", part);
          days.storeAgain(part, runner);
          return false;
        }
      }
      case DROPPED -> {
        if (dropped(part)) {
          days.end(part, step, runner);
        } else {
          log.info("{}: its partition is in use; it is dropped by the next run", part);
        }
      }
      case PLANNED -> throw new IllegalStateException("nothing leads to PLANNED");
    }
    return true;
  }

  private ArchiveManifest read(ArchivePart part) {
    Contents stored = days.get(part).stored();
    return readBack.read(part, stored.hashList(), null).intact();
  }

  /** False while it is in use: signals must not wait for us, so the function gives up at once. */
  private boolean dropped(ArchivePart part) {
    return jdbc.sql("select core.drop_signal_partition(?)")
        .param(part.day())
        .query(Boolean.class)
        .single();
  }
}

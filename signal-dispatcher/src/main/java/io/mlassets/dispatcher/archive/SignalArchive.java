package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchiveRules;
import io.mlassets.archive.ArchivedDay;
import io.mlassets.archive.HashList;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The archive of signals as service and command line use it (S-04, S-05). */
public final class SignalArchive {
  private final DataSource dataSource;
  private final ArchiveStore store;
  private final String place;
  private final ArchivedDays days;
  private final RunArchive runArchive;
  private final RestoreDay restoreDay;
  private final ReadBack readBack;

  /**
   * Over a database and a store.
   *
   * @param place the store's {@linkplain io.mlassets.archive.ArchivePlace#name() name}
   * @param work folder for files on their way
   */
  public SignalArchive(
      DataSource dataSource,
      ArchiveStore store,
      String place,
      ArchiveRules rules,
      Path work,
      Clock clock) {
    this(
        dataSource,
        store,
        place,
        rules,
        work,
        clock,
        new ArchivedDays(JdbcClient.create(dataSource)));
  }

  SignalArchive(
      DataSource dataSource,
      ArchiveStore store,
      String place,
      ArchiveRules rules,
      Path work,
      Clock clock,
      ArchivedDays days) {
    this.dataSource = dataSource;
    this.store = store;
    this.place = place;
    this.days = days;
    JdbcClient jdbc = JdbcClient.create(dataSource);
    JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
    TransactionTemplate snapshot = new TransactionTemplate(manager);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    DayRows rows = new DayRows(dataSource, jdbc);
    this.readBack = new ReadBack(store);
    this.runArchive =
        new RunArchive(
            store,
            place,
            rules,
            rows,
            days,
            new StoreDay(rows, snapshot, store, work),
            readBack,
            new MoveDay(rows, days, jdbc, snapshot),
            jdbc,
            clock);
    this.restoreDay =
        new RestoreDay(
            dataSource, jdbc, rows, days, readBack, new TransactionTemplate(manager), place, work);
  }

  /** Archives every day whose time has come, unless another run is under way. */
  public ArchiveReport run() {
    Optional<ArchiveLock> lock = ArchiveLock.take(dataSource);
    if (lock.isEmpty()) {
      return ArchiveReport.BUSY;
    }
    try (ArchiveLock held = lock.get()) {
      return runArchive.run();
    }
  }

  /** Every part on record, oldest first. */
  public List<ArchivedDay> days() {
    return days.all();
  }

  /** The parts of a day on record; without any, those in the store. */
  public List<ArchivePart> partsOf(LocalDate day) {
    List<ArchivePart> known =
        days.of(day).stream().filter(one -> one.done().isStored()).map(ArchivedDay::part).toList();
    return known.isEmpty() ? storedPartsOf(day) : known;
  }

  private List<ArchivePart> storedPartsOf(LocalDate day) {
    String list = "/" + HashList.NAME;
    return store.list(ArchivePart.folderOf(day)).stream()
        .filter(name -> name.endsWith(list))
        .map(name -> name.substring(0, name.length() - list.length()))
        .flatMap(folder -> ArchivePart.ofFolder(folder).stream())
        .sorted()
        .toList();
  }

  /** Reads a part back and says what is wrong with it; empty when every byte is what it was. */
  public List<ArchiveDamage> check(ArchivePart part) {
    store.check();
    Optional<ArchivedDay> known = days.find(part);
    known.ifPresent(this::requireHere);
    String onRecord = known.map(one -> one.stored().hashList()).orElse(null);
    return readBack.read(part, onRecord, null).damage();
  }

  /**
   * Brings back what is missing of a part; empty while a run or another restore is under way.
   *
   * @throws DamagedArchiveException naming what is wrong where, with nothing restored
   */
  public Optional<RestoredPart> restore(ArchivePart part) {
    Optional<ArchiveLock> lock = ArchiveLock.take(dataSource);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (ArchiveLock held = lock.get()) {
      store.check();
      days.find(part).ifPresent(this::requireHere);
      return Optional.of(restoreDay.restore(part));
    }
  }

  private void requireHere(ArchivedDay day) {
    if (!day.place().equals(place)) {
      throw new IllegalStateException(
          "%s lies in %s, now set is %s; set ARCHIVE_TARGET and ARCHIVE_PATH to that"
              .formatted(day.part(), day.place(), place));
    }
  }
}

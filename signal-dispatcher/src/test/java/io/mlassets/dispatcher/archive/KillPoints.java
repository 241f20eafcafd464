package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchiveStep;
import io.mlassets.archive.ArchivedDay.Contents;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every moment of a run at which a process can be killed to a different effect: before and after
 * each note in PostgreSQL and each call of the store. At one of them it is.
 */
final class KillPoints {
  /** Not an exception: production code must not get hold of it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String where) {
      super(where);
    }
  }

  private final int at;
  private final Runnable kill;
  private final List<String> passed = new ArrayList<>();

  /**
   * Counts points.
   *
   * @param at number of the one to die at, from 1
   * @param kill how; returns for a death in the same process
   */
  KillPoints(int at, Runnable kill) {
    this.at = at;
    this.kill = kill;
  }

  int passed() {
    return passed.size();
  }

  /** The number of the first point whose words end so. */
  int numberOf(String words) {
    return 1
        + IntStream.range(0, passed.size())
            .filter(i -> passed.get(i).endsWith(words))
            .findFirst()
            .orElseThrow();
  }

  private void pass(String where) {
    passed.add(where);
    if (passed.size() == at) {
      kill.run();
      throw new Killed(where);
    }
  }

  /** An archive that passes these points. */
  SignalArchive archive(DataSource dataSource, FolderStore folder, String place, Path work) {
    return new SignalArchive(
        dataSource,
        new Store(folder),
        place,
        ArchiveBench.AT_ONCE,
        work,
        ArchiveBench.CLOCK,
        new Days(JdbcClient.create(dataSource)));
  }

  private final class Days extends ArchivedDays {
    Days(JdbcClient jdbc) {
      super(jdbc);
    }

    @Override
    void plan(ArchivePart part, String place, UUID runner) {
      pass("before PLANNED is noted");
      super.plan(part, place, runner);
      pass("after PLANNED was noted");
    }

    @Override
    void begin(ArchivePart part, ArchiveStep step, UUID runner) {
      pass("before the beginning of " + step + " is noted");
      super.begin(part, step, runner);
      pass("after the beginning of " + step + " was noted");
    }

    @Override
    void stored(ArchivePart part, Contents contents, UUID runner) {
      pass("before STORED is noted");
      super.stored(part, contents, runner);
      pass("after STORED was noted");
    }

    @Override
    void end(ArchivePart part, ArchiveStep step, UUID runner) {
      pass("before the end of " + step + " is noted");
      super.end(part, step, runner);
      // Of MOVED this is still within the transaction.
      pass("after the end of " + step + " was noted");
    }
  }

  private final class Store implements ArchiveStore {
    private final FolderStore folder;

    Store(FolderStore folder) {
      this.folder = folder;
    }

    @Override
    public void check() {
      folder.check();
    }

    @Override
    public void put(String name, Path file) {
      pass("before " + name + " is put");
      folder.put(name, file);
      pass("after " + name + " was put");
    }

    @Override
    public Optional<InputStream> open(String name) {
      pass("before " + name + " is read");
      return folder.open(name);
    }

    @Override
    public List<String> list(String under) {
      return folder.list(under);
    }

    @Override
    public void close() {
      folder.close();
    }
  }
}

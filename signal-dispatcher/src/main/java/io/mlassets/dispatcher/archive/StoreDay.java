package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchiveManifest;
import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchivedDay.Contents;
import io.mlassets.archive.ArchivedFile;
import io.mlassets.archive.HashList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.FileSystemUtils;

/**
 * Writes a day's live rows to files and puts them into the store, the hash list last. Both tables
 * are read as of one moment. Done again after a kill it replaces what is there.
 */
class StoreDay {
  private final DayRows rows;
  private final TransactionOperations snapshot;
  private final ArchiveStore store;
  private final Path work;

  /**
   * Stores into {@code store}.
   *
   * @param snapshot of repeatable read
   * @param work folder for files on their way
   */
  StoreDay(DayRows rows, TransactionOperations snapshot, ArchiveStore store, Path work) {
    this.rows = rows;
    this.snapshot = snapshot;
    this.store = store;
    this.work = work;
  }

  Contents store(ArchivePart part) {
    Path folder = emptyFolder(work, part.folder().replace('/', '-'));
    try {
      ArchiveManifest manifest = write(part, folder);
      HashList hashes = HashList.of(manifest);
      Files.write(folder.resolve(ArchiveManifest.NAME), manifest.toJson());
      Files.writeString(folder.resolve(HashList.NAME), hashes.text());
      for (String name : hashes.hashes().keySet()) {
        store.put(part.folder() + "/" + name, folder.resolve(name));
      }
      store.put(part.folder() + "/" + HashList.NAME, folder.resolve(HashList.NAME));
      return Contents.of(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be written: " + e.getMessage(), e);
    } finally {
      remove(folder);
    }
  }

  private ArchiveManifest write(ArchivePart part, Path folder) {
    return Objects.requireNonNull(
        snapshot.execute(
            status -> {
              rows.sameText();
              ArchivedFile signals =
                  RowsFile.write(
                      folder, ArchiveManifest.SIGNALS, out -> rows.liveSignals(part, out));
              ArchivedFile dispatch =
                  RowsFile.write(
                      folder, ArchiveManifest.DISPATCH, out -> rows.liveDispatch(part, out));
              return new ArchiveManifest(
                  ArchiveManifest.FORMAT, part.day(), part.number(), signals, dispatch);
            }));
  }

  /** What a killed run left there is gone. */
  static Path emptyFolder(Path work, String name) {
    Path folder = work.resolve(name);
    remove(folder);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be made: " + e.getMessage(), e);
    }
  }

  static void remove(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be removed: " + e.getMessage(), e);
    }
  }
}

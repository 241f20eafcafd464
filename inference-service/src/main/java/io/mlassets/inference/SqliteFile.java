package io.mlassets.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * A SQLite file that one process writes while others read.
 *
 * @param path the file; its write-ahead log lies beside it
 */
public record SqliteFile(Path path) {
  private static final int BUSY_MILLIS = 2_000;

  /** A connection that cannot change anything; the file must be there. */
  public Connection openToRead() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return open(config);
  }

  /** A connection that writes; makes the file and its folder when they are missing. */
  Connection openToWrite() throws SQLException, IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    SQLiteConfig config = new SQLiteConfig();
    // Readers never wait for the writer, nor it for them.
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    return open(config);
  }

  private Connection open(SQLiteConfig config) throws SQLException {
    config.setBusyTimeout(BUSY_MILLIS);
    return config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
  }

  /** What tells this file from another one put in its place; null where the system has no such. */
  @Nullable Object key() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}

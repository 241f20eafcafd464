package io.mlassets.dispatcher.archive;

import com.zaxxer.hikari.HikariDataSource;
import io.mlassets.archive.ArchivePlace;
import java.nio.file.Path;

/** A process that archives and is gone at one of the {@link KillPoints}, as if killed. */
public final class HaltedArchive {
  static final int HALTED = 137;

  private HaltedArchive() {}

  /** JDBC URL, user, password, archive, work folder, number of the point. */
  public static void main(String[] args) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(args[0]);
    pool.setUsername(args[1]);
    pool.setPassword(args[2]);
    pool.setMaximumPoolSize(3);
    pool.setMinimumIdle(0);
    ArchivePlace.Folder place = new ArchivePlace.Folder(Path.of(args[3]), false);
    KillPoints points =
        new KillPoints(Integer.parseInt(args[5]), () -> Runtime.getRuntime().halt(HALTED));
    points.archive(pool, new FolderStore(place), place.name(), Path.of(args[4])).run();
  }
}

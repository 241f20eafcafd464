package io.mlassets.suite.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two suites from using the same {@code var/}; the kernel frees it when a process dies. */
public final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock or says that another suite has it with {@link IllegalStateException}. */
  public static RunLock in(Path varDir) throws IOException {
    Files.createDirectories(varDir);
    FileChannel channel =
        FileChannel.open(
            varDir.resolve("suite.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isFree(channel)) {
      channel.close();
      throw new IllegalStateException(
          "another suite is running on %s; stop it first, or look at %s"
              .formatted(varDir, varDir.resolve("endpoints.properties")));
    }
    return new RunLock(channel);
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // A suite of this very process.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package io.mlassets.suite.ea;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines that is only ever appended to, by one owner. A last line that a crash tore is cut
 * off (J3).
 */
final class LineFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LineFile.class);

  private final Path file;
  private final FileChannel channel;
  private final List<String> lines = new ArrayList<>();

  private LineFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens or makes it.
   *
   * @throws IllegalStateException when another owner has it
   * @throws UncheckedIOException when it cannot be read or written
   */
  static LineFile open(Path file) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      LineFile opened =
          new LineFile(
              file,
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE));
      try {
        opened.lock();
        force(folder);
        opened.read();
        return opened;
      } catch (IOException | RuntimeException e) {
        opened.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file, e);
    }
  }

  /** A new file's name must outlive a crash of the machine as well. */
  private static void force(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder)) {
      names.force(true);
    }
  }

  private void lock() throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false; // Another one of this very process.
    }
    if (!free) {
      throw new IllegalStateException("another Expert Advisor has " + file);
    }
  }

  private void read() throws IOException {
    byte[] content = Files.readAllBytes(file);
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        lines.add(new String(content, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    if (start < content.length) {
      log.warn(
          "{}: the last line is torn and cut off: {}",
          file,
          new String(content, start, content.length - start, StandardCharsets.UTF_8));
      channel.truncate(start);
      channel.force(true);
    }
    channel.position(start);
  }

  /** What was in it when it was opened, in order. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /**
   * Appends a line, on disk when this returns.
   *
   * @throws UncheckedIOException when that is not sure
   */
  void append(String line) {
    try {
      write(line);
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * Appends a line that a crash of the machine may lose.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  void note(String line) {
    try {
      write(line);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

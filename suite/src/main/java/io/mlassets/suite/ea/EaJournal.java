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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An account's journal: one JSON line per order, appended and on disk before anyone hears of the
 * deal. A deal that is not in it never happened, one that is in it happened once. A line that a
 * crash tore is cut off; anything else that is no entry is refused, because positions follow from
 * all lines.
 */
final class EaJournal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EaJournal.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final FileChannel channel;
  private final List<JournalEntry> entries = new ArrayList<>();

  private EaJournal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens or makes it.
   *
   * @throws IllegalStateException when another Expert Advisor has it, or a line before the last is
   *     no entry or is out of order
   * @throws UncheckedIOException when it cannot be read or written
   */
  static EaJournal open(Path file) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      EaJournal journal =
          new EaJournal(
              file,
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE));
      try {
        journal.lock();
        force(folder);
        journal.read();
        return journal;
      } catch (IOException | RuntimeException e) {
        journal.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the journal " + file, e);
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
      throw new IllegalStateException("another Expert Advisor has the journal " + file);
    }
  }

  private void read() throws IOException {
    byte[] content = Files.readAllBytes(file);
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        entries.add(entry(new String(content, start, i - start, StandardCharsets.UTF_8)));
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

  private JournalEntry entry(String line) {
    JournalEntry entry;
    try {
      entry = JSON.readValue(line, JournalEntry.class);
    } catch (JacksonException e) {
      throw new IllegalStateException(
          "%s: line %d is no entry: %s".formatted(file, entries.size() + 1, line), e);
    }
    if (entry.seq() <= lastSeq()) {
      throw new IllegalStateException(
          "%s: line %d has number %d after %d"
              .formatted(file, entries.size() + 1, entry.seq(), lastSeq()));
    }
    return entry;
  }

  private long lastSeq() {
    return entries.isEmpty() ? 0 : entries.getLast().seq();
  }

  /** What was in it when it was opened, in order. */
  List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  /**
   * Appends a line, on disk when this returns.
   *
   * @throws UncheckedIOException when that is not sure; nothing may be done any more then
   */
  void append(JournalEntry entry) {
    try {
      write(entry);
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the journal " + file, e);
    }
  }

  /** Notes how far was read; a crash of the machine may lose it, and it is read again. */
  void note(JournalEntry entry) {
    try {
      write(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the journal " + file, e);
    }
  }

  private void write(JournalEntry entry) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

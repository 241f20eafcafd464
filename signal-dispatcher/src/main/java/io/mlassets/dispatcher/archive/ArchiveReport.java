package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePart;
import java.time.LocalDate;
import java.util.List;

/**
 * What a run came to.
 *
 * @param busy another run was under way, so nothing was done
 * @param moved parts whose rows are in the history now
 * @param signals rows moved
 * @param waiting days with signals whose outcome is not recorded; they stay
 * @param failed what did not work, each with what and where
 */
public record ArchiveReport(
    boolean busy,
    List<ArchivePart> moved,
    long signals,
    List<Waiting> waiting,
    List<String> failed) {
  /** Nothing was done. */
  static final ArchiveReport BUSY = new ArchiveReport(true, List.of(), 0, List.of(), List.of());

  /**
   * A day that has to wait.
   *
   * @param day which
   * @param signals of it
   * @param unrecorded those without an outcome
   */
  public record Waiting(LocalDate day, long signals, long unrecorded) {
    @Override
    public String toString() {
      return "%s: %d of %d signals have no recorded outcome".formatted(day, unrecorded, signals);
    }
  }

  /** Copies. */
  public ArchiveReport {
    moved = List.copyOf(moved);
    waiting = List.copyOf(waiting);
    failed = List.copyOf(failed);
  }
}

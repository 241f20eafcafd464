package io.mlassets.archive;

import java.util.Optional;

/** How far a part has come. Each step may be done again after a kill in its middle. */
public enum ArchiveStep {
  /** Its number and place are chosen. */
  PLANNED,

  /** Its files are in the store, their hashes on record. */
  STORED,

  /** The files were read back and are what was stored. */
  VERIFIED,

  /** Its rows are in the history and no longer among the live ones, in one transaction. */
  MOVED,

  /** The emptied partition is gone. */
  DROPPED;

  /** The step after this one; empty after the last. */
  public Optional<ArchiveStep> next() {
    return this == DROPPED ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
  }

  /** Whether the files of a part that came so far are in the store. */
  public boolean isStored() {
    return this != PLANNED;
  }

  /** Whether the rows of a part that came so far left the live table. */
  public boolean isMoved() {
    return this == MOVED || this == DROPPED;
  }
}

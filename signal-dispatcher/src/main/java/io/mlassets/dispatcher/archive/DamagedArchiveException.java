package io.mlassets.dispatcher.archive;

import java.util.List;
import java.util.stream.Collectors;

/** Stored files are not what was stored: nothing may be moved or restored by them. */
public final class DamagedArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedArchiveException(List<ArchiveDamage> damage) {
    super(damage.stream().map(ArchiveDamage::toString).collect(Collectors.joining("; ")));
  }
}

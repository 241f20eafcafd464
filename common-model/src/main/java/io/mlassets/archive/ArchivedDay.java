package io.mlassets.archive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a part.
 *
 * @param part which
 * @param place where its files are, see {@link ArchivePlace#name()}
 * @param done last step that ended
 * @param doing step that was begun and has not ended; null between steps
 * @param contents what was stored; null before that
 * @param failure why its last attempt failed; null if it did not
 */
public record ArchivedDay(
    ArchivePart part,
    String place,
    ArchiveStep done,
    @Nullable ArchiveStep doing,
    @Nullable Contents contents,
    @Nullable String failure) {

  /**
   * What was stored.
   *
   * @param signals rows of signals
   * @param dispatched rows of their dispatch
   * @param bytes of the compressed files together
   * @param hashList the exact text of {@code SHA256SUMS}
   */
  public record Contents(long signals, long dispatched, long bytes, String hashList) {
    /** Of a manifest just written. */
    public static Contents of(ArchiveManifest manifest) {
      return new Contents(
          manifest.signals().rows(),
          manifest.dispatch().rows(),
          manifest.signals().bytes() + manifest.dispatch().bytes(),
          HashList.of(manifest).text());
    }
  }

  /** Refuses a step in hand that does not follow, and stored parts without their hashes. */
  public ArchivedDay {
    if (doing != null && !Optional.of(doing).equals(done.next())) {
      throw new IllegalArgumentException("%s: %s cannot follow %s".formatted(part, doing, done));
    }
    if (done.isStored() && contents == null) {
      throw new IllegalArgumentException(
          "%s: %s without the hashes of what was stored".formatted(part, done));
    }
  }

  /** What was stored of a part that came so far. */
  public Contents stored() {
    if (contents == null) {
      throw new IllegalStateException("%s: nothing of it is stored yet".formatted(part));
    }
    return contents;
  }
}

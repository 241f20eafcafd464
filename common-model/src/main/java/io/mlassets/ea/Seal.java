package io.mlassets.ea;

import io.mlassets.signal.SignalKey;
import org.jspecify.annotations.Nullable;

/**
 * Closes documents, and tells closed ones.
 *
 * @param key null where documents are not sealed
 */
record Seal(@Nullable SignalKey key) {

  /** Closes a document that lacks its last brace. */
  String close(String open) {
    return key == null ? open + "}" : key.seal(open);
  }

  /** Whether a document ends with the mac of the exact bytes before it. */
  boolean holds(String document) {
    return key == null || key.sealed(document);
  }
}

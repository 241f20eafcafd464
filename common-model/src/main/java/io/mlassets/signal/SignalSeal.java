package io.mlassets.signal;

import org.jspecify.annotations.Nullable;

/**
 * Closes documents exchanged with Expert Advisors, and tells closed ones.
 *
 * @param key null where documents are not sealed
 */
public record SignalSeal(@Nullable SignalKey key) {
  /** Leaves documents unsealed. */
  public static final SignalSeal NONE = new SignalSeal(null);

  /** A seal with a key from its text; none when that is empty. */
  public static SignalSeal of(String secret) {
    return secret.isEmpty() ? NONE : new SignalSeal(SignalKey.of(secret));
  }

  /** Closes a document that lacks its last brace. */
  public String close(String open) {
    return key == null ? open + "}" : key.seal(open);
  }

  /** Whether a document ends with the mac of the exact bytes before it. */
  public boolean holds(String document) {
    return key == null || key.sealed(document);
  }
}

package io.mlassets.ea;

import io.mlassets.channel.UnfitDocumentException;
import java.util.Locale;

/** What an order is for. */
public enum OrderKind {
  /** Opens or closes a leg as asked. */
  ORDER,
  /** Takes an orphan leg back. */
  UNWIND;

  /** The form in the journal. */
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static OrderKind of(String wire) {
    for (OrderKind kind : values()) {
      if (kind.wire().equals(wire)) {
        return kind;
      }
    }
    throw new UnfitDocumentException("kind '%s' is neither order nor unwind".formatted(wire));
  }
}

package io.mlassets.signal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a signal may move real money ({@code live}) or is only watched ({@code shadow}). */
public enum SignalMode {
  LIVE,
  SHADOW;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The lower-case form of tables and messages. */
  @JsonValue
  public String wire() {
    return wire;
  }

  /** Reads {@link #wire()}. */
  public static SignalMode of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}

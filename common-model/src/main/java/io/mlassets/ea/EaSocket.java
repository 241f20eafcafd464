package io.mlassets.ea;

import java.util.Locale;

/** The two connections to Redis (C1). */
public enum EaSocket {
  /** The subscription. */
  SIGNALS,
  /** Everything that has a reply. */
  COMMANDS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

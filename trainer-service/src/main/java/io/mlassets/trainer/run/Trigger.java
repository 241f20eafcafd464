package io.mlassets.trainer.run;

import java.util.Locale;

/** What asked for a run. */
public enum Trigger {
  /** The policy's schedule. */
  CRON,
  /** A person or orchestrator over REST. */
  REST,
  /** A message on channel {@code retrain.requests}. */
  REQUEST,
  /** The command line. */
  CLI;

  static Trigger parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** The word in tables. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a failed run is tried again by itself. Whoever asks over REST or on the command line
   * sees the failure and decides; nobody watches the other two.
   */
  public boolean isUnattended() {
    return this == CRON || this == REQUEST;
  }
}

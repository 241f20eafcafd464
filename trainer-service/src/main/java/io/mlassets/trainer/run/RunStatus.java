package io.mlassets.trainer.run;

import java.util.Locale;

/** State of a run. */
public enum RunStatus {
  RUNNING,
  SUCCESS,
  FAILED,
  /** Failed, and will be tried again after the policy's delay. */
  RETRYING,
  ABORTED;

  /** The word in tables and answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more will happen. */
  public boolean isFinal() {
    return this == SUCCESS || this == FAILED || this == ABORTED;
  }

  static RunStatus parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}

package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a tree model was trained for. */
public enum Objective {
  /** Log loss on labels 0 and 1; the raw score is the log odds. */
  BINARY,
  /** Squared error; the raw score is the prediction. */
  REGRESSION;

  /** Reads {@code binary} or {@code regression}. */
  @JsonCreator
  public static Objective parse(String text) {
    for (Objective objective : values()) {
      if (objective.wire().equals(text)) {
        return objective;
      }
    }
    throw new IllegalArgumentException(
        "objective '%s' is not binary or regression".formatted(text));
  }

  /** The name in files. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

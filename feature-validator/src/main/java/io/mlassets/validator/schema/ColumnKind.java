package io.mlassets.validator.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What the values of a feature are. */
public enum ColumnKind {
  /** Real numbers. */
  NUMERIC,
  /** Codes of categories. */
  CATEGORICAL;

  /** The lower-case form of tables and messages. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #wire()}; refuses anything else with {@link IllegalArgumentException}. */
  @JsonCreator
  public static ColumnKind of(String wire) {
    return Arrays.stream(values())
        .filter(kind -> kind.wire().equals(wire))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind '%s' is neither numeric nor categorical".formatted(wire)));
  }
}

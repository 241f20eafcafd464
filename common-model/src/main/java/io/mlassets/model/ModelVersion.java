package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Version of a bundle, {@code yyyyMMdd_HHmm} in UTC.
 *
 * @param value the text form
 */
public record ModelVersion(@JsonValue String value) implements Comparable<ModelVersion> {
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuuMMdd_HHmm");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  @JsonCreator
  public ModelVersion {
    try {
      FORM.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "model version '%s' is not yyyyMMdd_HHmm".formatted(value), e);
    }
  }

  /** The version of the minute {@code at} falls in. */
  public static ModelVersion at(Instant at) {
    return new ModelVersion(FORM.format(LocalDateTime.ofInstant(at, ZoneOffset.UTC)));
  }

  /** The version one minute later: what a second run in the same minute takes. */
  public ModelVersion next() {
    return new ModelVersion(FORM.format(LocalDateTime.parse(value, FORM).plusMinutes(1)));
  }

  @Override
  public int compareTo(ModelVersion other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

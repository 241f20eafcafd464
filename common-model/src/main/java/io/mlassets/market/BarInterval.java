package io.mlassets.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * The length of a bar, ISO-8601 on every wire ({@code PT1M}, {@code PT1H}); whole seconds that
 * divide a day.
 *
 * @param length the length
 */
public record BarInterval(Duration length) {
  /** One minute. */
  public static final BarInterval M1 = new BarInterval(Duration.ofMinutes(1));

  /** One hour. */
  public static final BarInterval H1 = new BarInterval(Duration.ofHours(1));

  /** Refuses what does not divide a day with {@link IllegalArgumentException}. */
  public BarInterval {
    long seconds = length.toSeconds();
    if (seconds <= 0 || !length.equals(Duration.ofSeconds(seconds)) || 86_400 % seconds != 0) {
      throw new IllegalArgumentException(
          "interval %s is not a whole number of seconds that divides a day".formatted(length));
    }
  }

  /** Reads the ISO-8601 form. */
  @JsonCreator
  public static BarInterval parse(String iso) {
    try {
      return new BarInterval(Duration.parse(iso));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "interval '%s' is not an ISO-8601 duration such as PT1M".formatted(iso), e);
    }
  }

  /** When a bar that starts at {@code ts} is complete and known. */
  public Instant endOf(Instant ts) {
    return ts.plus(length);
  }

  /** Whether {@code ts} can be the start of a bar of this length. */
  public boolean isAligned(Instant ts) {
    return ts.getNano() == 0 && Math.floorMod(ts.getEpochSecond(), length.toSeconds()) == 0;
  }

  /** The ISO-8601 form. */
  @JsonValue
  public String iso() {
    return length.toString();
  }

  @Override
  public String toString() {
    return iso();
  }
}

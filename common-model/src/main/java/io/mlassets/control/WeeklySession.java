package io.mlassets.control;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hours of a week, UTC, in which bars are expected.
 *
 * @param open minute of the week, from Monday 00:00, at which it opens
 * @param close minute at which it closes; the same as {@code open}: it is always open
 */
public record WeeklySession(int open, int close) {
  /** Never closed. */
  public static final WeeklySession ALWAYS = new WeeklySession(0, 0);

  private static final int DAY_MINUTES = 1_440;
  private static final int WEEK_MINUTES = 7 * DAY_MINUTES;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long WEEK_MILLIS = WEEK_MINUTES * MINUTE_MILLIS;

  /** 1970-01-01 was a Thursday. */
  private static final long FIRST_MONDAY_MILLIS = -3L * DAY_MINUTES * MINUTE_MILLIS;

  private static final Pattern FORM =
      Pattern.compile("([A-Z]{3}) (\\d\\d:\\d\\d)-([A-Z]{3}) (\\d\\d:\\d\\d)");
  private static final List<String> DAYS =
      Stream.of(DayOfWeek.values()).map(day -> day.name().substring(0, 3)).toList();

  /** Refuses minutes outside a week with {@link IllegalArgumentException}. */
  public WeeklySession {
    if (open < 0 || open >= WEEK_MINUTES || close < 0 || close >= WEEK_MINUTES) {
      throw new IllegalArgumentException(
          "session from minute %d to %d is not within a week".formatted(open, close));
    }
  }

  /** Reads {@code "SUN 23:00-FRI 20:00"} or {@code "always"}. */
  public static WeeklySession parse(String text) {
    if (text.equalsIgnoreCase("always")) {
      return ALWAYS;
    }
    Matcher parts = FORM.matcher(text.toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw noSession(text);
    }
    try {
      return new WeeklySession(
          minute(parts.group(1), parts.group(2)), minute(parts.group(3), parts.group(4)));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw noSession(text);
    }
  }

  private static IllegalArgumentException noSession(String text) {
    return new IllegalArgumentException(
        "'%s' is neither a weekly session such as 'SUN 23:00-FRI 20:00' nor 'always'"
            .formatted(text));
  }

  private static int minute(String day, String time) {
    // No day is before the week, which the constructor refuses.
    return DAYS.indexOf(day) * DAY_MINUTES + LocalTime.parse(time).toSecondOfDay() / 60;
  }

  /** How much of the time between two instants it was open; zero when they are out of order. */
  public Duration openBetween(Instant from, Instant to) {
    return from.isBefore(to)
        ? Duration.ofMillis(openUntil(to.toEpochMilli()) - openUntil(from.toEpochMilli()))
        : Duration.ZERO;
  }

  /** Open milliseconds from the first Monday on. */
  private long openUntil(long millis) {
    long since = millis - FIRST_MONDAY_MILLIS;
    return Math.floorDiv(since, WEEK_MILLIS) * openUntilInWeek(WEEK_MILLIS)
        + openUntilInWeek(Math.floorMod(since, WEEK_MILLIS));
  }

  private long openUntilInWeek(long millis) {
    long opens = open * MINUTE_MILLIS;
    long closes = close * MINUTE_MILLIS;
    return open < close
        ? Math.clamp(millis, opens, closes) - opens
        : Math.min(millis, closes) + Math.max(0, millis - opens);
  }
}

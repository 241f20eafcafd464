package io.mlassets.suite.market;

import io.mlassets.market.BarInterval;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The trading week of the simulated market, in UTC: Sunday 22:00 to Friday 21:00 with a daily break
 * from 21:00 to 22:00; 115 hours. A bar exists when its start lies in the session.
 */
final class SessionCalendar {
  private static final Instant FIRST_MONDAY = Instant.parse("2024-01-01T00:00:00Z");
  private static final int OPEN_HOUR = 22;
  private static final int CLOSE_HOUR = 21;
  private static final int WEEKS = 52;

  private final BarInterval interval;
  private Instant next;

  /** Starts on a Monday that the seed picks. */
  SessionCalendar(BarInterval interval, long seed) {
    this.interval = interval;
    this.next = FIRST_MONDAY.plus(Duration.ofDays(7L * Math.floorMod(seed, WEEKS)));
  }

  /** Start of the next bar. */
  Instant next() {
    while (!isOpen(next)) {
      next = interval.endOf(next);
    }
    Instant bar = next;
    next = interval.endOf(bar);
    return bar;
  }

  private static boolean isOpen(Instant at) {
    OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
    DayOfWeek day = utc.getDayOfWeek();
    return switch (day) {
      case SATURDAY -> false;
      case SUNDAY -> utc.getHour() >= OPEN_HOUR;
      case FRIDAY -> utc.getHour() < CLOSE_HOUR;
      default -> utc.getHour() != CLOSE_HOUR;
    };
  }
}

package io.mlassets.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklySessionTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static boolean isOpen(WeeklySession session, Instant at) {
    ZonedDateTime time = at.atZone(ZoneOffset.UTC);
    int minute =
        (time.getDayOfWeek().getValue() - 1) * 1_440 + time.getHour() * 60 + time.getMinute();
    if (session.open() == session.close()) {
      return true;
    }
    return session.open() < session.close()
        ? minute >= session.open() && minute < session.close()
        : minute >= session.open() || minute < session.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SUN 23:00-FRI 20:00", "mon 08:30-fri 17:00", "always", "WED 00:00-TUE 00:00"})
  void open_time_is_what_counting_minute_by_minute_gives(String text) {
    WeeklySession session = WeeklySession.parse(text);
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      Instant from = START.plusSeconds(60L * random.nextInt(30_000));
      int minutes = random.nextInt(25_000);
      long open = 0;
      for (int minute = 0; minute < minutes; minute++) {
        open += isOpen(session, from.plusSeconds(60L * minute)) ? 1 : 0;
      }
      assertThat(session.openBetween(from, from.plusSeconds(60L * minutes)))
          .as("%s from %s for %d minutes", text, from, minutes)
          .isEqualTo(Duration.ofMinutes(open));
    }
  }

  @Test
  void a_weekend_is_no_time_and_time_does_not_run_backwards() {
    WeeklySession session = WeeklySession.parse("SUN 23:00-FRI 20:00");
    Instant friday = Instant.parse("2026-01-02T19:59:00Z");
    Instant sunday = Instant.parse("2026-01-04T23:01:00Z");

    assertThat(session.openBetween(friday, sunday)).isEqualTo(Duration.ofMinutes(2));
    assertThat(session.openBetween(sunday, friday)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SUN-FRI", "SON 23:00-FRI 20:00", "SUN 24:30-FRI 20:00", "never"})
  void what_is_no_session_is_refused_with_its_text(String text) {
    assertThatThrownBy(() -> WeeklySession.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}

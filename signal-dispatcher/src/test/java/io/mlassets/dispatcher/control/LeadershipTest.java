package io.mlassets.dispatcher.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.BarInterval;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final Instant NOW = Instant.parse("2026-03-04T12:30:00Z");
  private final Leadership leadership = new Leadership(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void the_next_bar_is_due_one_interval_after_the_newest_one() {
    leadership.leads(true);
    assertThat(leadership.barDueSince()).isNull();
    leadership.sawBar(Instant.parse("2026-03-04T08:00:00Z"), BarInterval.parse("PT4H"));
    assertThat(leadership.barDueSince()).isEqualTo("2026-03-04T16:00:00Z");
    leadership.sawBar(Instant.parse("2026-03-04T11:59:00Z"), BarInterval.M1);
    assertThat(leadership.barDueSince()).as("a minute after 12:00, but leads later").isEqualTo(NOW);
    leadership.sawBar(Instant.parse("2026-03-04T12:30:00Z"), BarInterval.M1);
    assertThat(leadership.barDueSince()).isEqualTo("2026-03-04T12:32:00Z");
    leadership.sawBar(Instant.parse("2026-03-04T12:29:00Z"), BarInterval.M1);
    assertThat(leadership.barDueSince()).as("an older bar").isEqualTo("2026-03-04T12:32:00Z");
  }

  @Test
  void who_does_not_lead_knows_nothing_of_bars() {
    leadership.sawBar(Instant.parse("2026-03-04T08:00:00Z"), BarInterval.M1);
    assertThat(leadership.barDueSince()).isNull();
    leadership.leads(true);
    assertThat(leadership.barDueSince()).isEqualTo(NOW);
    leadership.leads(false);
    assertThat(leadership.barDueSince()).isNull();
  }
}

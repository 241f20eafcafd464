package io.mlassets.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.control.EntryLimits.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryLimitsTest {
  private static final Instant BAR = Instant.parse("2026-03-04T12:00:00Z");
  private static final EntryRules RULES = new EntryRules(5, Duration.ofMinutes(3));

  private static Optional<Refusal> judge(Instant barEnd, Instant now, LastEntry last) {
    return new EntryLimits(RULES, List.of()).judge(barEnd, now, () -> Optional.of(last));
  }

  private static LastEntry last(boolean dealt, boolean exited) {
    return new LastEntry(BAR, BAR.plusSeconds(120), dealt, exited);
  }

  @Test
  void no_minute_ever_has_more_entries_than_the_rule_allows() {
    Random random = new Random(5);
    for (int run = 0; run < 200; run++) {
      EntryLimits limits = new EntryLimits(RULES, List.of());
      List<Instant> sent = new ArrayList<>();
      Instant now = BAR;
      for (int i = 0; i < 80; i++) {
        now = now.plusMillis(random.nextInt(15_000));
        Instant minuteAgo = now.minusSeconds(60);
        long within = sent.stream().filter(at -> at.isAfter(minuteAgo)).count();

        Optional<Refusal> refusal = limits.judge(now, now, Optional::empty);
        assertThat(refusal.isEmpty()).isEqualTo(within < RULES.perMinute());
        if (refusal.isEmpty()) {
          sent.add(now);
        }
        if (random.nextInt(20) == 0) {
          limits = new EntryLimits(RULES, limits.recent());
        }
      }
    }
  }

  @Test
  void a_refused_entry_does_not_count_and_asks_for_nothing() {
    EntryLimits limits = new EntryLimits(RULES, List.of(BAR, BAR, BAR, BAR, BAR));
    assertThat(
            limits.judge(
                BAR,
                BAR,
                () -> {
                  throw new AssertionError("asked");
                }))
        .contains(Refusal.ENTRIES_PER_MINUTE);
    assertThat(
            limits.judge(
                BAR, BAR.plusSeconds(60), () -> Optional.of(new LastEntry(BAR, BAR, true, false))))
        .contains(Refusal.ENTRY_OPEN);
    assertThat(limits.judge(BAR, BAR.plusSeconds(60), Optional::empty)).isEmpty();
    assertThat(limits.recent()).containsExactly(BAR.plusSeconds(60));
  }

  @Test
  void an_entry_is_open_until_it_expires_unless_a_deal_was_booked() {
    Instant next = BAR.plusSeconds(600);
    assertThat(judge(next, BAR.plusSeconds(119), last(false, false))).contains(Refusal.ENTRY_OPEN);
    assertThat(judge(next, BAR.plusSeconds(120), last(false, false))).isEmpty();
    assertThat(judge(next, BAR.plusSeconds(999_999), last(true, false)))
        .contains(Refusal.ENTRY_OPEN);
  }

  @Test
  void after_an_exit_a_pair_may_be_entered_again_once_the_pause_is_over() {
    Instant now = BAR.plusSeconds(600);
    assertThat(judge(BAR.plusSeconds(179), now, last(true, true))).contains(Refusal.ENTRY_REPEATED);
    assertThat(judge(BAR.plusSeconds(180), now, last(true, true))).isEmpty();
    assertThat(judge(BAR.plusSeconds(180), now, last(true, false).withExit())).isEmpty();
  }
}

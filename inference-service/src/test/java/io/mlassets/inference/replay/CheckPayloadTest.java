package io.mlassets.inference.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Direction;
import io.mlassets.decision.Legs;
import io.mlassets.decision.Thresholds;
import io.mlassets.inference.replay.Check.Outcome;
import io.mlassets.market.BarInterval;
import io.mlassets.model.ModelVersion;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import io.mlassets.testing.SampleMarket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckPayloadTest {
  private static final Instant BAR = Instant.parse("2026-01-05T10:00:00Z");
  private static final SignalKey KEY = SignalKey.of("a key of sixteen bytes");
  private static final Signal ENTRY =
      new Signal(
          new UUID(1, 2),
          SignalMode.LIVE,
          SampleMarket.PAIR,
          BarInterval.M1,
          BAR,
          BAR.plusSeconds(61),
          BAR.plusSeconds(120),
          2.5,
          0.8,
          0.1,
          0.5,
          Action.ENTER,
          Legs.entering(SampleMarket.PAIR, Direction.SHORT_SPREAD, 0.9),
          false,
          new Thresholds(0.7, 0.3),
          new ModelVersion("20260101_0000"),
          "hash",
          0.5,
          "return_prob>theta1,risk_score<theta2");
  private static final String SENT = SignalJson.of(ENTRY, 7, 3, SignalSeal.NONE);

  private static List<Check> check(
      Optional<SignalKey> key, Long seq, String outcome, String payload) {
    return new CheckPayload(key)
        .check(
            "all", ENTRY, Optional.of(new Recorded.Dispatch("all:live", seq, 3, outcome, payload)));
  }

  private static Outcome outcome(Long seq, String outcome, String payload) {
    return check(Optional.empty(), seq, outcome, payload).getLast().outcome();
  }

  @Test
  void published_bytes_are_made_again_and_a_changed_one_is_shown_where_it_is() {
    assertThat(outcome(7L, "PUBLISHED", SENT)).isEqualTo(Outcome.SAME);

    Check changed =
        check(Optional.empty(), 7L, "PUBLISHED", SENT.replace("\"theta2\":0.3", "\"theta2\":0.4"))
            .getLast();
    assertThat(changed.outcome()).isEqualTo(Outcome.DIFFERENT);
    assertThat(changed.recorded()).contains(",\"theta2\":0.4,");
    assertThat(changed.again()).contains(",\"theta2\":0.3,");
    assertThat(outcome(7L, "PUBLISHED", SENT + " ")).isEqualTo(Outcome.DIFFERENT);
    assertThat(outcome(7L, "PUBLISHED", "")).isEqualTo(Outcome.DIFFERENT);
  }

  @Test
  void an_entry_that_was_blocked_has_number_zero_and_one_that_was_taken_back_is_a_hold() {
    assertThat(outcome(null, "BLOCKED", SignalJson.of(ENTRY, 0, 3, SignalSeal.NONE)))
        .isEqualTo(Outcome.SAME);
    assertThat(outcome(null, "BLOCKED", SENT)).isEqualTo(Outcome.DIFFERENT);

    String hold =
        SignalJson.of(ENTRY.withheld("expired before it was sent"), 7, 3, SignalSeal.NONE);
    assertThat(outcome(7L, "EXPIRED", hold)).isEqualTo(Outcome.SAME);
    assertThat(outcome(7L, "BLOCKED", hold)).isEqualTo(Outcome.DIFFERENT);
  }

  @Test
  void the_stream_is_that_of_scope_and_mode() {
    Check stream =
        new CheckPayload(Optional.empty())
            .check(
                "metals",
                ENTRY,
                Optional.of(new Recorded.Dispatch("all:live", 7L, 3, "PUBLISHED", SENT)))
            .getFirst();
    assertThat(stream.outcome()).isEqualTo(Outcome.DIFFERENT);
  }

  @Test
  void a_seal_behind_the_bytes_is_checked_by_who_has_the_key() {
    String sealed = KEY.seal(SENT.substring(0, SENT.length() - 1));
    String broken = sealed.replaceFirst(".(?=\"}$)", "x");

    assertThat(check(Optional.of(KEY), 7L, "PUBLISHED", sealed))
        .extracting(Check::outcome)
        .containsOnly(Outcome.SAME);
    assertThat(check(Optional.of(KEY), 7L, "PUBLISHED", broken).getLast().outcome())
        .isEqualTo(Outcome.DIFFERENT);
    assertThat(outcome(7L, "PUBLISHED", broken)).isEqualTo(Outcome.NOT_CHECKED);
    String other = KEY.seal(SENT.substring(0, SENT.length() - 1).replace("\"seq\":7", "\"seq\":8"));
    assertThat(check(Optional.of(KEY), 7L, "PUBLISHED", other))
        .extracting(Check::outcome)
        .contains(Outcome.DIFFERENT);
  }
}

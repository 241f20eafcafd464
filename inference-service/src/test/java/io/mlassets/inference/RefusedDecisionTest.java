package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.decision.Thresholds;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Decisions PostgreSQL refuses for what is in them: only what is on record counts. */
@Tag("I-05")
class RefusedDecisionTest extends FlowingBars {
  private static final String QUARANTINED = "core.quarantine where source = 'decision'";

  private void refuse(String action) {
    market
        .sql()
        .sql(
            "alter table core.signals_live add constraint refused check (action <> '%s') not valid"
                .formatted(action))
        .update();
  }

  private void refuseNothing() {
    market.sql().sql("alter table core.signals_live drop constraint refused").update();
  }

  private long signals() {
    return count("core.signals_live");
  }

  /** So many bars in one read or a few; each is decided, on record or in quarantine. */
  private void decide(int bars) throws Exception {
    market.live(sent, sent + bars);
    sent += bars;
    await("decisions", () -> signals() + count(QUARANTINED) >= sent - HISTORY);
  }

  private double counted(String action) {
    Counter counter =
        bean(MeterRegistry.class)
            .find("signals_total")
            .tag("action", action)
            .tag("mode", "live")
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private String shown() {
    try (Jedis redis = servers().jedis()) {
      return String.valueOf(redis.hget("pairs.latest", market.bars().getFirst().pair().id()));
    }
  }

  @Test
  void an_entry_that_is_refused_is_neither_counted_nor_held_nor_shown_nor_tried() throws Exception {
    adoptFirst();
    startService(1_000);
    register(SECOND, new Thresholds(0, 1), ALL);
    await("a trial", () -> count("core.model_trials") == 1);
    refuse("ENTER");
    while (count(QUARANTINED) == 0) {
      decide(1);
    }
    // One by one: an entry without a fill is given up soon.
    decide(1);
    decide(1);
    decide(60);

    assertThat(count("core.signals_live where action <> 'HOLD'")).isZero();
    assertThat(count("core.decision_states where entry_ts is not null")).isZero();
    assertThat(signals() + count(QUARANTINED)).isEqualTo(sent - HISTORY);
    assertThat(counted("ENTER")).isZero();
    await("all counted", () -> counted("HOLD") == signals());
    await("all shown", () -> shown().contains(lastRecorded()));
    assertThat(shown()).contains("\"position\":\"FLAT\"").doesNotContain("ENTER");
    assertThat(
            count(
                "core.trial_decisions t where not exists (select 1 from core.signals_live s"
                    + " where s.pair = t.pair and s.bar_ts = t.bar_ts)"))
        .isZero();

    refuseNothing();
    flowUntilRecorded("ENTER");
    assertThat(counted("ENTER")).isOne();
  }

  @Test
  void an_exit_that_is_refused_is_decided_again() throws Exception {
    adoptFirst();
    startService(0);
    flowUntilRecorded("ENTER");
    bookEntries();
    refuse("EXIT");
    while (count(QUARANTINED) == 0) {
      decide(1);
    }
    decide(20);
    assertThat(count("core.signals_live where action = 'EXIT'")).isZero();
    assertThat(count("core.signals_live where action = 'ENTER'")).isOne();

    refuseNothing();
    flowUntilRecorded("EXIT");
    assertThat(signals() + count(QUARANTINED)).isEqualTo(sent - HISTORY);
    assertThat(count("core.signals_live where action = 'ENTER'")).isOne();
  }

  private String lastRecorded() {
    return market
        .sql()
        .sql("select max(bar_ts) from core.signals_live")
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single()
        .toString();
  }

  private void flowUntilRecorded(String action) throws Exception {
    while (count("core.signals_live where action = '" + action + "'") == 0) {
      decide(1);
    }
    await("it counted", () -> counted(action) >= 1);
  }
}

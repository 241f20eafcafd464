package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Direction;
import io.mlassets.decision.Position;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Side;
import io.mlassets.testing.SampleMarket;
import io.mlassets.trade.Fill;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-02")
class HoldingTest {
  private static final Instant TS = Instant.parse("2026-01-05T10:00:00Z");
  private static final UUID ENTRY = new UUID(1, 2);
  private static final UUID AGAIN = new UUID(3, 4);
  private static final int DONE = 10_009;
  private static final int REJECTED = 10_006;
  private final Holding holding = new Holding(2);

  private void enter() {
    holding.entered(
        new Position.Open(Direction.LONG_SPREAD, TS, new SpreadState(1, 1, 1, 0, 1), 0, 0.5),
        ENTRY);
  }

  private void enterAgain() {
    holding.entered(
        new Position.Open(Direction.SHORT_SPREAD, TS, new SpreadState(1, 1, 1, 0, 1), 0, 0.5),
        AGAIN);
  }

  private void age(int bars) {
    for (int bar = 0; bar < bars; bar++) {
      holding.aged();
    }
  }

  private static Fill fill(Symbol leg, int retcode) {
    return new Fill("a", 1, SampleMarket.PAIR, leg, Side.BUY, 1, 10, 7, TS, retcode);
  }

  private int barsHeld() {
    return ((Position.Open) holding.position()).barsHeld();
  }

  @Test
  void an_entry_without_any_fill_is_given_up_after_it_expired() {
    enter();
    holding.aged();
    assertThat(holding.aboutToGiveUp()).isEmpty();
    holding.aged();
    assertThat(barsHeld()).isEqualTo(2);
    assertThat(holding.aboutToGiveUp()).containsExactly(ENTRY);
    holding.aged();
    assertThat(holding.position()).isEqualTo(new Position.Flat());
  }

  @Test
  void a_confirmed_entry_is_kept() {
    enter();
    holding.filled(ENTRY, fill(SampleMarket.PAIR.a(), DONE));
    for (int bar = 0; bar < 5; bar++) {
      holding.aged();
    }
    assertThat(barsHeld()).isEqualTo(5);
    assertThat(holding.isConfirmed()).isTrue();
  }

  @Test
  void a_deal_reported_late_brings_the_position_back_with_its_age() {
    enter();
    for (int bar = 0; bar < 5; bar++) {
      holding.aged();
    }
    assertThat(holding.position()).isEqualTo(new Position.Flat());
    holding.filled(ENTRY, fill(SampleMarket.PAIR.a(), DONE));
    assertThat(barsHeld()).isEqualTo(5);
    assertThat(holding.isConfirmed()).isTrue();
  }

  @Test
  void a_late_deal_of_the_first_entry_wins_over_a_second_nobody_obeyed() {
    enter();
    age(3);
    enterAgain();
    holding.filled(ENTRY, fill(SampleMarket.PAIR.a(), DONE));
    assertThat(barsHeld()).isEqualTo(3);
    age(5);
    assertThat(holding.side()).isEqualTo("LONG_SPREAD");
    assertThat(holding.isConfirmed()).isTrue();
    holding.filled(AGAIN, fill(SampleMarket.PAIR.a(), REJECTED));
    holding.filled(AGAIN, fill(SampleMarket.PAIR.b(), REJECTED));
    assertThat(barsHeld()).isEqualTo(8);
    holding.exited();
    holding.filled(ENTRY, fill(SampleMarket.PAIR.b(), DONE));
    assertThat(holding.position()).isEqualTo(new Position.Flat());
  }

  @Test
  void a_late_deal_of_the_first_entry_changes_nothing_once_the_second_is_dealt() {
    enter();
    age(3);
    enterAgain();
    holding.filled(AGAIN, fill(SampleMarket.PAIR.a(), DONE));
    holding.filled(ENTRY, fill(SampleMarket.PAIR.a(), DONE));
    assertThat(holding.side()).isEqualTo("SHORT_SPREAD");
    assertThat(barsHeld()).isZero();
  }

  @Test
  void before_a_second_entry_is_given_up_the_record_is_asked_about_the_first_too() {
    enter();
    age(3);
    enterAgain();
    age(2);
    assertThat(holding.aboutToGiveUp()).containsExactly(ENTRY, AGAIN);
    holding.dealt(ENTRY);
    age(1);
    assertThat(holding.side()).isEqualTo("LONG_SPREAD");
    assertThat(barsHeld()).isEqualTo(6);
  }

  @Test
  void both_legs_refused_by_one_account_and_dealt_by_another_is_held() {
    enter();
    holding.filled(ENTRY, fill(SampleMarket.PAIR.a(), REJECTED));
    assertThat(holding.position()).isInstanceOf(Position.Open.class);
    holding.filled(ENTRY, fill(SampleMarket.PAIR.b(), REJECTED));
    assertThat(holding.position()).isEqualTo(new Position.Flat());
    holding.filled(ENTRY, fill(SampleMarket.PAIR.b(), DONE));
    assertThat(holding.position()).isInstanceOf(Position.Open.class);
  }

  @Test
  void a_deal_of_an_entry_that_was_exited_changes_nothing() {
    enter();
    holding.exited();
    holding.filled(ENTRY, fill(SampleMarket.PAIR.a(), DONE));
    assertThat(holding.position()).isEqualTo(new Position.Flat());
  }
}

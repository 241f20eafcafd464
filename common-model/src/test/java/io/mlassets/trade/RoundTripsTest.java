package io.mlassets.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.Side;
import io.mlassets.trade.RoundTrips.Matched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-03")
class RoundTripsTest {
  private static final Pair METALS = Pair.parse("XAUUSD-XAGUSD");
  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private long ticket;

  private static Optional<Instrument> free(Symbol symbol) {
    return costing(symbol, 0, 0);
  }

  private static Optional<Instrument> costing(Symbol symbol, double commission, double swap) {
    return Optional.of(new Instrument(symbol, "metal", 100, "USD", 1, commission, 0, swap));
  }

  private LiveFill fill(
      long seq, Action action, Symbol symbol, Side side, double lots, double price) {
    return new LiveFill(
        "demo",
        METALS,
        symbol,
        seq,
        ++ticket,
        action,
        side,
        lots,
        price,
        START.plusSeconds(60 * seq),
        "20260101_0300",
        symbol.equals(METALS.a()) ? 0.6 : 0.4);
  }

  private List<LiveFill> trip(long seq, double exitA, double exitB) {
    return new ArrayList<>(
        List.of(
            fill(seq, Action.ENTER, METALS.a(), Side.SELL, 1, 2_000),
            fill(seq, Action.ENTER, METALS.b(), Side.BUY, 50, 25),
            fill(seq + 1, Action.EXIT, METALS.a(), Side.BUY, 1, exitA),
            fill(seq + 1, Action.EXIT, METALS.b(), Side.SELL, 50, exitB)));
  }

  @Test
  void both_legs_returns_are_weighted_and_signed_by_the_side_entered() {
    Matched matched = RoundTrips.match(trip(1, 1_980, 25.5), RoundTripsTest::free);
    // Sold gold fell 1 % (weight 0.6), bought silver rose 2 % (weight 0.4).
    assertThat(matched.closed()).hasSize(1);
    assertThat(matched.closed().getFirst().grossReturn())
        .isCloseTo(0.6 * 0.01 + 0.4 * 0.02, within(1e-12));
    assertThat(matched.closed().getFirst().won()).isTrue();
  }

  @Test
  void a_profit_that_does_not_pay_commission_and_swap_is_a_loss() {
    List<LiveFill> fills = trip(1, 1_999.9, 25);
    Matched matched = RoundTrips.match(fills, s -> costing(s, 2, 24));
    RoundTrip trip = matched.closed().getFirst();
    // Two sides of 2 bps and one minute of 24 bps a day, on the whole gross notional.
    assertThat(trip.cost()).isCloseTo((2 * 2 + 24.0 / 1440) * 1e-4, within(1e-12));
    assertThat(trip.grossReturn()).isPositive();
    assertThat(trip.won()).isFalse();
    assertThat(matched.withoutCosts()).isEmpty();
  }

  @Test
  void a_deal_on_a_symbol_nobody_knows_the_costs_of_counts_without_them_and_is_told() {
    Matched matched =
        RoundTrips.match(
            trip(1, 1_980, 25.5), s -> s.equals(METALS.b()) ? Optional.empty() : costing(s, 2, 0));
    assertThat(matched.closed().getFirst().cost()).isCloseTo(0.6 * 4e-4, within(1e-12));
    assertThat(matched.withoutCosts()).containsExactly(METALS.b());
  }

  @Test
  void partial_fills_close_at_their_mean_price_and_only_when_the_whole_volume_is_out() {
    List<LiveFill> fills = trip(1, 1_980, 25);
    fills.remove(2);
    fills.add(fill(2, Action.EXIT, METALS.a(), Side.BUY, 0.25, 1_960));
    assertThat(RoundTrips.match(fills, RoundTripsTest::free).closed()).isEmpty();
    assertThat(RoundTrips.match(fills, RoundTripsTest::free).open()).isEqualTo(1);
    fills.add(fill(3, Action.EXIT, METALS.a(), Side.BUY, 0.75, 2_000));
    RoundTrip trip = RoundTrips.match(fills, RoundTripsTest::free).closed().getFirst();
    assertThat(trip.grossReturn()).isCloseTo(0.6 * 10 / 2_000, within(1e-12));
  }

  @Test
  void an_entry_before_the_last_position_was_flat_gives_that_one_up() {
    List<LiveFill> fills = trip(1, 1_980, 25);
    fills.remove(3);
    fills.addAll(trip(5, 2_020, 25));
    Matched matched = RoundTrips.match(fills, RoundTripsTest::free);
    assertThat(matched.closed()).extracting(RoundTrip::won).containsExactly(false);
    assertThat(matched.unmatched()).isEqualTo(1);
  }

  @Test
  void an_orphan_leg_taken_back_within_its_signal_is_a_trade_of_its_own() {
    List<LiveFill> fills =
        List.of(
            fill(4, Action.EXIT, METALS.a(), Side.BUY, 1, 2_020),
            fill(4, Action.ENTER, METALS.a(), Side.SELL, 1, 2_000));
    Matched matched = RoundTrips.match(fills, RoundTripsTest::free);
    assertThat(matched.closed()).hasSize(1);
    assertThat(matched.closed().getFirst().grossReturn()).isCloseTo(-0.6 * 0.01, within(1e-12));
    assertThat(matched.unmatched()).isZero();
    assertThat(matched.open()).isZero();
  }

  @Test
  void an_exit_without_a_position_counts_as_unmatched() {
    Matched matched =
        RoundTrips.match(
            List.of(fill(1, Action.EXIT, METALS.a(), Side.BUY, 1, 2_000)), RoundTripsTest::free);
    assertThat(matched).isEqualTo(new Matched(List.of(), 0, 1, Set.of()));
  }

  @Test
  void the_order_in_which_deals_were_booked_does_not_matter() {
    List<LiveFill> fills = new ArrayList<>();
    Random random = new Random(5);
    int wins = 0;
    for (int i = 0; i < 50; i++) {
      double exit = 2_000 + random.nextGaussian() * 20;
      wins += exit < 2_000 ? 1 : 0;
      fills.addAll(trip(10L * i + 1, exit, 25));
    }
    Collections.shuffle(fills, random);
    Matched matched = RoundTrips.match(fills, RoundTripsTest::free);
    assertThat(matched.closed()).hasSize(50);
    assertThat(matched.closed().stream().filter(RoundTrip::won)).hasSize(wins);
  }
}

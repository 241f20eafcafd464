package io.mlassets.inference.parity;

import static io.mlassets.inference.LiveMarket.await;
import static io.mlassets.inference.parity.TwoPairs.HISTORY;
import static io.mlassets.inference.parity.TwoPairs.OTHER;
import static io.mlassets.inference.parity.TwoPairs.PAIR;
import static io.mlassets.inference.parity.TwoPairs.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.PairBar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Live vectors are made again from {@code core.bars}. */
class ParityTest {
  /** No rounds but the test's own. */
  private static final String BY_HAND = "--inference.parity.every=0";

  private static final String NEWEST_ONLY = "--inference.parity.recent=1";
  private static final String FOUR = "--inference.parity.sample=4";
  private final TwoPairs pairs = new TwoPairs();

  @AfterEach
  void stop() {
    pairs.close();
  }

  @Test
  void vectors_are_the_same_to_the_last_bit_over_lost_bars_and_restarts() throws Exception {
    pairs.startService(BY_HAND, "--inference.parity.sample=150");
    pairs.live(40);
    pairs.market.history(pairs.next, pairs.next + 7);
    pairs.next += 7;
    pairs.live(20);
    pairs.context().close();
    pairs.market.live(pairs.next, pairs.next + 30);
    pairs.next += 30;
    pairs.startService(BY_HAND, "--inference.parity.sample=150");
    pairs.live(40);
    pairs.round();
    assertThat(pairs.checked("same")).isEqualTo(150);
    assertThat(pairs.findings()).isEmpty();
    assertThat(pairs.count("select count(*) from core.pair_stops")).isZero();
  }

  @Test
  void one_flipped_bit_stops_entries_of_its_pair_until_an_operator_lifts_that() throws Exception {
    pairs.startService("--inference.parity.every=100ms", FOUR, NEWEST_ONLY);
    pairs.hold();
    PairBar flipped = pairs.bar(1);
    pairs.flip(flipped);
    await("the stop", () -> pairs.get("/api/v1/pair-stops").body().contains(PAIR.id()));
    assertThat(pairs.get("/api/v1/pair-stops").body())
        .contains("parity-check", flipped.ts().toString())
        .doesNotContain(OTHER.id());
    assertThat(pairs.get("/actuator/prometheus").body())
        .contains("parity_mismatch_total 1.0", "pairs_stopped 1.0");

    pairs.live(250);
    assertThat(pairs.decided(PAIR, flipped, "action = 'EXIT'")).isPositive();
    assertThat(pairs.decided(PAIR, flipped, "action = 'ENTER'")).isZero();
    assertThat(pairs.decided(PAIR, flipped, "reason = 'pair_stopped'")).isPositive();
    assertThat(pairs.decided(OTHER, flipped, "action = 'ENTER'")).isPositive();
    assertThat(pairs.decided(OTHER, flipped, "reason = 'pair_stopped'")).isZero();
    assertThat(pairs.get("/api/v1/pairs/" + PAIR.id()).body()).contains("\"entries_stopped\":true");

    pairs.context().close();
    pairs.startService(BY_HAND);
    PairBar restarted = pairs.bar(1);
    pairs.live(250);
    assertThat(pairs.decided(PAIR, restarted, "action = 'ENTER'")).isZero();
    assertThat(pairs.decided(PAIR, restarted, "reason = 'pair_stopped'")).isPositive();

    pairs.lift();
    PairBar lifted = pairs.bar(1);
    pairs.live(250);
    pairs.round();
    assertThat(pairs.decided(PAIR, lifted, "action = 'ENTER'")).isPositive();
    assertThat(pairs.decided(PAIR, lifted, "reason = 'pair_stopped'")).isZero();
    assertThat(pairs.findings()).containsExactly(PAIR.id() + " MISMATCH");
    assertThat(
            pairs.texts(
                "select concat_ws(' ', pair, change, actor) from audit.pair_stop_changes"
                    + " order by id"))
        .containsExactly(PAIR.id() + " STOPPED parity-check", PAIR.id() + " LIFTED operator");
  }

  @Test
  void what_an_operator_has_looked_into_is_not_looked_at_again() throws Exception {
    pairs.startService(BY_HAND, "--inference.parity.sample=300");
    pairs.live(12);
    pairs.flip(pairs.bar(3));
    pairs.flip(pairs.bar(9));
    pairs.round();
    assertThat(pairs.findings()).hasSize(2);
    pairs.lift();
    pairs.update("delete from core.parity_findings");
    pairs.round();
    assertThat(pairs.findings()).isEmpty();
    pairs.live(2);
    pairs.flip(pairs.bar(1));
    pairs.round();
    assertThat(pairs.findings()).hasSize(1);
    assertThat(pairs.count("select count(*) from core.pair_stops where stopped")).isEqualTo(1);
  }

  @Test
  void bars_that_are_not_in_the_table_as_they_were_live_are_told_once_and_stop_nothing()
      throws Exception {
    pairs.startService(BY_HAND, FOUR, NEWEST_ONLY);
    pairs.live(30);
    pairs.correct(pairs.bar(20), "volume = volume + 1");
    pairs.round();
    pairs.round();
    assertThat(pairs.findings())
        .containsExactlyInAnyOrder(
            PAIR.id() + " BARS_DIFFER CHANGED", OTHER.id() + " BARS_DIFFER CHANGED");

    pairs.correct(pairs.bar(20), "volume = volume - 1");
    pairs.update("delete from core.bars where symbol = 'XAUUSD' and ts = ?", at(pairs.bar(10)));
    pairs.update("delete from core.parity_findings");
    pairs.round();
    assertThat(pairs.findings()).hasSize(2).allMatch(finding -> finding.endsWith("MISSING"));

    pairs.market.history(pairs.next - 10, pairs.next - 9);
    pairs.update("delete from core.parity_findings");
    pairs.correct(pairs.market.bars().get(HISTORY - 20), "high = high * 1.01");
    pairs.round();
    assertThat(pairs.findings())
        .hasSize(2)
        .allMatch(finding -> finding.endsWith("BEFORE_THE_FIRST_DECISION"));
    assertThat(pairs.checked("mismatch")).isZero();
    assertThat(pairs.count("select count(*) from core.pair_stops")).isZero();
  }

  @Test
  void a_bar_that_comes_late_into_the_table_is_told_as_such() throws Exception {
    pairs.startService(BY_HAND, FOUR, NEWEST_ONLY);
    pairs.live(10);
    PairBar late = pairs.bar(0);
    pairs.next += 1;
    pairs.live(10);
    pairs.round();
    assertThat(pairs.checked("same")).isEqualTo(4);
    pairs.market.history(pairs.next - 11, pairs.next - 10);
    pairs.round();
    assertThat(pairs.findings()).hasSize(2).allMatch(finding -> finding.endsWith("LATE"));
    assertThat(pairs.count("select count(*) from core.parity_findings where ts = ?", at(late)))
        .isEqualTo(2);
    assertThat(pairs.count("select count(*) from core.pair_stops")).isZero();
  }

  @Test
  void a_vector_whose_bar_is_not_stored_yet_or_of_another_build_proves_nothing() throws Exception {
    pairs.startService(BY_HAND, FOUR, NEWEST_ONLY);
    pairs.live(5);
    pairs.update("update core.live_features set engine = engine + 1");
    pairs.round();
    assertThat(pairs.checked("other_engine")).isEqualTo(4);
    pairs.update("update core.live_features set engine = engine - 1");
    pairs.update("delete from core.bars where ts = ?", at(pairs.bar(1)));
    pairs.round();
    assertThat(pairs.checked("no_bar_yet")).isEqualTo(4);
    assertThat(pairs.findings()).isEmpty();
  }
}

package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bars that are bad, lost, without their other leg, or decided in a way that cannot be stored. */
class UnevenBarsTest extends FirstModelDecides {
  @Test
  void bad_bars_are_quarantined_with_a_reason_and_good_ones_go_on() throws Exception {
    market.live(HISTORY, HISTORY + 3);
    PairBar next = market.bars().get(HISTORY + 3);
    Bar known = market.bars().get(HISTORY + 2).a();
    market.send("not json");
    market.send("{\"symbol\":\"XAUUSD\"}");
    market.send(bar(next.a(), "-1.0"));
    market.send(bar(next.a(), "NaN"));
    market.send(
        "{\"symbol\":\"NOSUCH\",\"interval\":\"PT1H\",\"ts\":\"2026-01-01T00:00:00Z\",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}");
    market.send(bar(known, String.valueOf(known.low())));
    market.send(market.bars().get(HISTORY + 1).a());
    market.send(known);
    market.live(HISTORY + 3, HISTORY + 10);
    awaitSignals(10);
    assertThat(
            market
                .sql()
                .sql("select reason from core.quarantine order by id")
                .query(String.class)
                .list())
        .hasSize(7)
        .anySatisfy(reason -> assertThat(reason).contains("close -1.0"))
        .anySatisfy(reason -> assertThat(reason).contains("NOSUCH"))
        .anySatisfy(reason -> assertThat(reason).contains("differs"))
        .anySatisfy(reason -> assertThat(reason).contains("not newer"));
    assertThat(metrics())
        .contains("bars_refused_total{reason=\"late\"} 1.0")
        .contains("bars_ignored_total{reason=\"duplicate\"} 1.0");
  }

  private static String bar(Bar bar, String close) {
    return "{\"symbol\":\"%s\",\"interval\":\"PT1H\",\"ts\":\"%s\",\"open\":%s,\"high\":%s,\"low\":%s,\"close\":%s,\"volume\":1}"
        .formatted(bar.symbol(), bar.ts(), bar.open(), bar.high(), bar.low(), close);
  }

  @Test
  void a_bar_without_its_other_leg_is_given_up_and_counted() throws Exception {
    market.send(market.bars().get(HISTORY).a());
    market.live(HISTORY + 1, HISTORY + 4);
    awaitSignals(3);
    assertThat(metrics()).contains("bars_missing_leg_total{pair=\"XAUUSD-XAGUSD\"} 1.0");
    assertThat(market.signals()).isEqualTo(3);
  }

  @Test
  @Tag("I-01")
  void a_leg_that_waits_for_its_other_one_is_read_again_after_a_restart() throws Exception {
    market.live(HISTORY, HISTORY + 3);
    awaitSignals(3);
    market.send(market.bars().get(HISTORY + 3).a());
    await("the leg", () -> bean(MeterRegistry.class).counter("bars_total").count() == 7);
    restart(0);
    market.send(market.bars().get(HISTORY + 3).b());
    awaitSignals(4);
    assertThat(market.signals()).isEqualTo(4);
  }

  @Test
  void bars_the_stream_lost_are_taken_from_history_before_the_next_one() throws Exception {
    market.live(HISTORY, HISTORY + 5);
    awaitSignals(5);
    market.history(HISTORY + 5, HISTORY + 8);
    market.send(market.bars().get(HISTORY + 6).a());
    market.live(HISTORY + 8, HISTORY + 9);
    awaitSignals(9);
    assertThat(metrics())
        .contains("signals_caught_up_total 3.0")
        .doesNotContain("bars_missing_leg_total");
    assertThat(
            market
                .sql()
                .sql("select bar_ts from core.signals_live order by created_at, bar_ts")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list())
        .isEqualTo(market.bars().subList(HISTORY, HISTORY + 9).stream().map(PairBar::ts).toList());
  }

  @Test
  void decisions_of_a_read_survive_one_that_cannot_be_stored() throws Exception {
    OffsetDateTime poisoned = market.bars().get(HISTORY + 3).ts().atOffset(ZoneOffset.UTC);
    market
        .sql()
        .sql(
            "alter table core.signals_live add constraint poison check (bar_ts <> '%s')"
                .formatted(poisoned))
        .update();
    market.live(HISTORY, HISTORY + 10);
    awaitSignals(9);
    await(
        "the quarantined decision",
        () ->
            market
                .sql()
                .sql("select source from core.quarantine")
                .query(String.class)
                .list()
                .equals(List.of("decision")));
    assertThat(market.signals()).isEqualTo(9);
  }
}

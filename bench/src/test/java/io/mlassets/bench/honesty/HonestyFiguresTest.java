package io.mlassets.bench.honesty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("Q-02")
class HonestyFiguresTest {
  private static final Estimate HALF = new Estimate(0.501, 0.004);
  private static final Truth NOTHING = truth(-0.1, 0.02);
  private static final Truth EDGE = truth(2.1, 2.1);
  private static final Map<PlantedLeak, Boolean> REFUSED =
      Map.of(
          PlantedLeak.NEXT_CLOSE, true,
          PlantedLeak.NOISY_MOVE, true,
          PlantedLeak.NOISY_MOVE_OF_ONE_PAIR, true);

  @Test
  void nothing_is_broken_where_everything_holds() {
    assertThat(figures(kinds(70, 4), power(34), EDGE, HALF, REFUSED).broken()).isEmpty();
    assertThat(figures(kinds(70, 4), power(34), EDGE, new Estimate(0.5, 0), REFUSED).broken())
        .as("a model that says the same of every row")
        .isEmpty();
  }

  @Test
  void too_many_adoptions_in_one_kind_do_not_hide_among_markets_that_never_trade() {
    List<NoEdge> kinds =
        List.of(
            kind(MarketKind.RANDOM_WALKS, NOTHING, markets(140, 0, 0)),
            kind(MarketKind.FAIR_GAME, NOTHING, markets(0, 120, 10)));

    HonestyFigures figures = figures(kinds, power(34), EDGE, HALF, REFUSED);

    assertThat(figures.all().share()).isLessThan(0.05);
    assertThat(figures.broken())
        .singleElement()
        .asString()
        .contains("10 adopted of 260", "120 of which traded");
  }

  @Test
  void a_kind_may_have_no_more_adoptions_than_chance_explains() {
    List<NoEdge> kinds =
        List.of(
            kind(MarketKind.RANDOM_WALKS, NOTHING, markets(0, 140, 0)),
            kind(MarketKind.FAIR_GAME, NOTHING, markets(0, 60, 7)));

    assertThat(figures(kinds, power(34), EDGE, HALF, REFUSED).broken())
        .containsExactly("fair game, 2 trials: 7 adopted of 60 that traded, chance explains 6");
  }

  @Test
  void markets_that_never_trade_prove_nothing() {
    List<NoEdge> kinds = List.of(kind(MarketKind.RANDOM_WALKS, NOTHING, markets(200, 10, 0)));

    assertThat(figures(kinds, power(34), EDGE, HALF, REFUSED).broken())
        .containsExactly("only 10 markets without an edge traded, proof needs 100");
  }

  @Test
  void a_kind_where_a_simple_rule_earns_is_not_without_an_edge() {
    List<NoEdge> kinds =
        List.of(kind(MarketKind.COSTS_ABOVE_EDGE, truth(-0.5, 0.3), markets(0, 120, 2)));

    assertThat(figures(kinds, power(34), EDGE, HALF, REFUSED).broken())
        .singleElement()
        .asString()
        .contains("not without an edge");
  }

  @Test
  void a_sharpe_ratio_out_of_fold_where_nothing_can_be_earned_is_a_leak() {
    List<MarketResult> earning = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      earning.add(
          new MarketResult(false, 100, true, 0.5 + 0.1 * (i % 2), 760, 300, false, List.of()));
    }

    assertThat(
            figures(
                    List.of(kind(MarketKind.FAIR_GAME, NOTHING, earning)),
                    power(34),
                    EDGE,
                    HALF,
                    REFUSED)
                .broken())
        .singleElement()
        .asString()
        .contains("where nothing can be earned");
  }

  @Test
  void edges_not_found_edges_of_another_size_learned_noise_and_leaks_let_through_are_broken() {
    List<NoEdge> kinds = kinds(70, 1);

    assertThat(figures(kinds, power(31), EDGE, HALF, REFUSED).broken())
        .containsExactly("31 of 40 planted edges adopted, should be 80 %");
    assertThat(figures(kinds, power(34), truth(2.23, 2.23), HALF, REFUSED).broken())
        .containsExactly("the planted edge is worth a Sharpe ratio of 2.23 ± 0.04, not of 2");
    assertThat(figures(kinds, power(34), EDGE, new Estimate(0.513, 0.004), REFUSED).broken())
        .hasSize(2)
        .allMatch(line -> line.contains("on shuffled labels"));
    assertThat(
            figures(kinds, power(34), EDGE, new Estimate(Double.NaN, Double.NaN), REFUSED).broken())
        .hasSize(2);
    assertThat(
            figures(
                    kinds,
                    power(34),
                    EDGE,
                    HALF,
                    Map.of(PlantedLeak.NEXT_CLOSE, false, PlantedLeak.NOISY_MOVE, true))
                .broken())
        .containsExactly("leak next_close not refused");
  }

  @Test
  void rules_that_refused_are_counted_and_those_that_refused_alone() {
    NoEdge kind =
        kind(
            MarketKind.FAIR_GAME,
            NOTHING,
            List.of(
                refused("luck_of_many_trials"),
                refused("luck_of_many_trials", "paths_lose"),
                refused("no_trades")));

    assertThat(kind.refusals())
        .isEqualTo(Map.of("luck_of_many_trials", 2, "paths_lose", 1, "no_trades", 1));
    assertThat(kind.refusedByOne()).isEqualTo(2);
  }

  private static MarketResult refused(String... rules) {
    return new MarketResult(false, 40, true, 0.1, 760, 300, false, List.of(rules));
  }

  private static Truth truth(double every, double best) {
    return new Truth(new Estimate(every, 0.04), new Estimate(best, 0.04));
  }

  private static List<NoEdge> kinds(int markets, int adopted) {
    return List.of(
        kind(MarketKind.RANDOM_WALKS, NOTHING, markets(markets, 0, 0)),
        kind(MarketKind.FAIR_GAME, NOTHING, markets(0, markets, adopted)),
        kind(MarketKind.SMALL_COSTS, NOTHING, markets(0, markets, 0)));
  }

  private static NoEdge kind(MarketKind kind, Truth truth, List<MarketResult> results) {
    return new NoEdge(kind, 2, truth, results);
  }

  private static List<MarketResult> markets(int idle, int trading, int adopted) {
    List<MarketResult> results = new ArrayList<>();
    for (int i = 0; i < idle + trading; i++) {
      boolean traded = i >= idle;
      results.add(
          new MarketResult(
              i >= idle + trading - adopted,
              traded ? 200 : 0,
              traded,
              traded ? 1 - 2 * (i % 2) : 0,
              760,
              300,
              false,
              List.of()));
    }
    return results;
  }

  private static Power power(int adopted) {
    return new Power(12, 40, adopted, 760, 350, new Estimate(1.8, 0.05), 0.9);
  }

  private static HonestyFigures figures(
      List<NoEdge> kinds,
      Power power,
      Truth planted,
      Estimate auc,
      Map<PlantedLeak, Boolean> leaks) {
    return new HonestyFigures(kinds, List.of(power), planted, auc, auc, leaks, 0, 0.95, 1);
  }
}

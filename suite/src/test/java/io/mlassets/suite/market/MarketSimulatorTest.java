package io.mlassets.suite.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MarketSimulatorTest {
  private static final double COST =
      MarketSimulator.instrument(MarketSimulator.pairs(1).getFirst().a()).costPerSide();

  private static SimulationSpec spec(int pairs, int bars, double edge, long seed) {
    return new SimulationSpec(pairs, bars, BarInterval.M1, edge, seed);
  }

  @Test
  void the_same_spec_gives_the_same_market_and_another_seed_another() {
    SimulatedMarket once = new MarketSimulator(spec(3, 2_000, 80, 7)).simulate();
    assertThat(new MarketSimulator(spec(3, 2_000, 80, 7)).simulate()).isEqualTo(once);
    assertThat(new MarketSimulator(spec(3, 2_000, 80, 8)).simulate().bars())
        .isNotEqualTo(once.bars());
  }

  @Test
  void a_longer_or_larger_market_begins_with_the_smaller_one() {
    SimulatedMarket small = new MarketSimulator(spec(2, 1_000, 80, 7)).simulate();
    SimulatedMarket large = new MarketSimulator(spec(3, 1_500, 80, 7)).simulate();
    small
        .bars()
        .forEach(
            (leg, bars) -> assertThat(large.bars().get(leg).subList(0, 1_000)).isEqualTo(bars));
  }

  @Test
  void bars_follow_the_sessions_of_the_week() {
    List<Bar> bars =
        new MarketSimulator(spec(1, 14_000, 80, 3)).simulate().bars().values().iterator().next();
    Instant first = bars.getFirst().ts();
    assertThat(bars.get(6_900).ts()).isEqualTo(first.plus(Duration.ofDays(7)));
    long gaps = 0;
    for (int i = 1; i < bars.size(); i++) {
      Duration step = Duration.between(bars.get(i - 1).ts(), bars.get(i).ts());
      assertThat(step)
          .isIn(Duration.ofMinutes(1), Duration.ofMinutes(61), Duration.ofHours(49).plusMinutes(1));
      gaps += step.equals(Duration.ofMinutes(1)) ? 0 : 1;
    }
    assertThat(gaps).isEqualTo(10);
  }

  @Test
  void the_oracle_earns_the_edge_asked_for() {
    for (double edge : new double[] {40, SimulationSpec.DEFAULT_EDGE, 120}) {
      double mean =
          LongStream.rangeClosed(201, 206)
              .mapToDouble(
                  seed -> new KnowingTrader(spec(10, 30_000, edge, seed)).annualSharpe(COST))
              .average()
              .orElseThrow();
      assertThat(mean).as("edge %s", edge).isCloseTo(edge, within(0.12 * edge));
    }
  }

  @Test
  void without_edge_no_spread_ever_reverts() {
    for (PairProcess process : new MarketSimulator(spec(10, 5_000, 0, 4)).run()) {
      assertThat(process.truth).noneMatch(PairTruth::reverting);
      assertThat(varianceRatio(process, 60)).isBetween(0.5, 1.8);
    }
  }

  @Test
  void a_reverting_spread_varies_far_less_over_an_hour_than_a_random_walk() {
    double sum = 0;
    List<PairProcess> processes = new MarketSimulator(spec(10, 5_000, 130, 4)).run();
    for (PairProcess process : processes) {
      sum += varianceRatio(process, 60);
    }
    assertThat(sum / processes.size()).isLessThan(0.5);
  }

  private static double varianceRatio(PairProcess process, int lag) {
    double one = 0;
    double many = 0;
    double[] spread = new double[process.truth.size()];
    for (int i = 0; i < spread.length; i++) {
      spread[i] =
          Math.log(process.barsA.get(i).close())
              - process.truth.get(i).beta() * Math.log(process.barsB.get(i).close());
      one += i < 1 ? 0 : square(spread[i] - spread[i - 1]);
      many += i < lag ? 0 : square(spread[i] - spread[i - lag]);
    }
    return many / (lag * one);
  }

  private static double square(double value) {
    return value * value;
  }

  @Test
  void legs_of_a_pair_move_together_with_and_without_edge() {
    for (double edge : new double[] {0, 80}) {
      for (PairProcess process : new MarketSimulator(spec(5, 8_000, edge, 9)).run()) {
        assertThat(correlation(process)).as("edge %s", edge).isBetween(0.45, 0.9);
      }
    }
  }

  private static double correlation(PairProcess process) {
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 1; i < process.barsA.size(); i++) {
      double a = Math.log(process.barsA.get(i).close() / process.barsA.get(i - 1).close());
      double b = Math.log(process.barsB.get(i).close() / process.barsB.get(i - 1).close());
      aa += a * a;
      bb += b * b;
      ab += a * b;
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void any_interval_that_divides_a_day_can_be_simulated() {
    for (String iso : List.of("PT5M", "PT1H", "PT4H", "PT24H")) {
      BarInterval interval = BarInterval.parse(iso);
      SimulationSpec spec = new SimulationSpec(1, 300, interval, 80, 5);
      assertThat(new MarketSimulator(spec).simulate().bars().values())
          .allSatisfy(bars -> assertThat(bars).hasSize(300));
    }
  }

  @Test
  void an_edge_out_of_range_is_refused_by_name_and_bound() {
    assertThatThrownBy(() -> spec(1, 100, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("edge -1.0 is not in [0, 130]");
    assertThatThrownBy(() -> spec(1, 100, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.mlassets.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.bench.Report;
import io.mlassets.bench.dispatch.Quantiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That what is measured is the whole of it; how fast it is, no test says. */
@Tag("Q-05")
class LoadRunTest {

  @Test
  @Timeout(600)
  void every_bar_of_every_pair_becomes_a_durable_signal_that_a_subscriber_hears(
      @TempDir Path folder) throws Exception {
    try (LoadFloor floor = new LoadFloor(folder)) {
      requireWhole(LoadBench.run(new Load(10, 1, 3, 10, Duration.ofMillis(50)), floor), 100);
      requireWhole(LoadBench.run(new Load(200, 2, 2, 3, Duration.ofMillis(200)), floor), 600);
    }
  }

  private static void requireWhole(LoadFigures figures, long due) {
    assertThat(figures.durable()).isEqualTo(due);
    assertThat(figures.received()).isEqualTo(figures.published()).isPositive();
    assertThat(figures.latency().p50()).isPositive();
    assertThat(figures.latency().max()).isGreaterThanOrEqualTo(figures.latency().p99());
    assertThat(figures.stages().all())
        .allSatisfy(stage -> assertThat(stage.times()).as(stage.name()).isPositive());
    assertThat(figures.stages().allocatedBytes()).isPositive();
  }

  @Test
  void ten_thousand_pairs_share_142_symbols_and_a_bar_is_the_same_whenever_it_is_made() {
    LoadMarket market = new LoadMarket(0, 10_000);
    assertThat(market.pairs()).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(market.symbols()).hasSize(142);
    assertThat(
            market.pairs().stream()
                .flatMap(pair -> pair.legs().stream())
                .collect(Collectors.toSet()))
        .hasSize(142);
    Instant ts = Instant.parse("2026-01-05T00:00:00Z");
    assertThat(market.at(ts)).isEqualTo(new LoadMarket(0, 10_000).at(ts));
    assertThat(new LoadMarket(1, 10).symbols()).hasSize(5);
  }

  @Test
  void the_report_names_each_bound_that_is_broken() {
    assertThat(LoadBench.report(List.of(figures(10, 9.9, 100)), null).broken()).isEmpty();
    Report bad =
        LoadBench.report(
            List.of(
                figures(10, 10.1, 100), figures(1_000, 101, 9_999), figures(10_000, 701, 100_000)),
            soak(2.0, 2e8, 60));
    assertThat(bad.broken())
        .anyMatch(line -> line.contains("10 pairs, 1 triple: p99 10.1 ms"))
        .anyMatch(line -> line.contains("9999 of 10000 decisions are durable"))
        .anyMatch(line -> line.contains("1000 pairs, 1 triple: p99 101.0 ms"))
        .anyMatch(line -> line.contains("10000 pairs, 1 triple: a bar takes 0.701 s"))
        .anyMatch(line -> line.contains("median drifts to 2.00"))
        .anyMatch(line -> line.contains("heap of one"))
        .anyMatch(line -> line.contains("60 open files"))
        .hasSize(7);
    assertThat(bad.fields()).containsKeys("runs", "soak");
    assertThat(LoadBench.report(List.of(), soak(1.2, 1e8, 50)).broken()).isEmpty();
  }

  private static LoadFigures figures(int pairs, double p99, long durable) {
    return new LoadFigures(
        new Load(pairs, 1, 1, 10, Duration.ZERO),
        new Quantiles(1, p99, p99),
        p99 / 1e3,
        p99 / 1e3,
        durable,
        90,
        90,
        new Stages(List.of(new Stages.Stage("inference commit", 1, 2)), 1_000));
  }

  private static Soak soak(double last, double heap, double files) {
    return new Soak(
        Soak.load(false),
        List.of(new Quantiles(1, 2, 3), new Quantiles(last, 2, 3)),
        List.of(new Soak.Held("one", 1e8, heap, 50, files)),
        1_000);
  }

  @Test
  void a_metric_is_summed_over_the_labels_asked_for() {
    String all =
        """
        # TYPE a_seconds summary
        a_seconds_count{stage="x",other="1"} 2.0
        a_seconds_count{stage="y"} 3.0
        a_seconds_count_more 9.0
        b 1.5E7
        """;
    assertThat(Meters.sum(all, "a_seconds_count", "stage=\"x\"")).isEqualTo(2);
    assertThat(Meters.sum(all, "a_seconds_count", "")).isEqualTo(5);
    assertThat(Meters.sum(all, "b", "")).isEqualTo(1.5e7);
    assertThat(Meters.sum(all, "c", "")).isZero();
  }
}

package io.mlassets.bench.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.bench.Report;
import io.mlassets.signal.Action;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That what is measured is the whole of it; how fast it is, no test says. */
class DispatchRunTest {

  @Test
  @Timeout(600)
  void every_signal_of_singles_and_bursts_is_published_once_without_a_gap(@TempDir Path folder)
      throws Exception {
    Figures figures = DispatchRun.measure(new Plan(6, 30, 10_000, 1, 1, 20_000), folder);

    assertThat(figures.burst()).isEqualTo(10_000);
    assertThat(figures.byAction()).containsOnlyKeys(Action.values());
    assertThat(figures.insert().p50()).isPositive();
    assertThat(figures.publish().p50()).isPositive();
    // Nothing is published before it is durable.
    assertThat(figures.single().p50()).isGreaterThan(figures.publish().p50());
    assertThat(figures.single().p99()).isGreaterThanOrEqualTo(figures.single().p50());
    assertThat(figures.burstSeconds()).isPositive();
    assertThat(figures.publishPerSecond()).isPositive();
    assertThat(figures.peerPerSecond()).isPositive();
    assertThat(figures.logPeerPerSecond()).isPositive();
  }

  private static Figures figures(double single, double seconds, double rate) {
    Quantiles times = new Quantiles(single, 2 * single, 3 * single);
    return new Figures(
        new Quantiles(0.2, 0.4, 0.5),
        new Quantiles(0.1, 0.2, 0.3),
        times,
        Map.of(Action.ENTER, times, Action.EXIT, times, Action.HOLD, times),
        10_000,
        seconds,
        rate,
        "redis-benchmark",
        400_000,
        300_000);
  }

  @Test
  void the_report_has_the_fields_of_the_design_and_names_each_bound_that_is_broken() {
    Report good = DispatchBench.report(figures(0.6, 0.4, 250_000));
    assertThat(good.fields())
        .containsKeys("floor_ms", "commit_to_subscriber_ms", "burst")
        .containsEntry("floor_ms", Report.fields("insert_p50", 0.2, "publish_p50", 0.1))
        .containsEntry("commit_to_subscriber_ms", Report.fields("p50", 0.6, "p99", 1.2))
        .containsEntry(
            "burst",
            Report.fields(
                "signals", 10_000,
                "seconds", 0.4,
                "publish_per_s", 250_000.0,
                "redis_benchmark_per_s", 400_000.0,
                "pipelined_log_per_s", 300_000.0));
    assertThat(good.broken()).isEmpty();

    assertThat(DispatchBench.report(figures(0.8, 0.6, 141_000)).broken())
        .hasSize(3)
        .anyMatch(line -> line.contains("2.67 floors"))
        .anyMatch(line -> line.contains("0.600 s"))
        .anyMatch(line -> line.contains("0.47 of a pipelined client that logs, too"));
  }

  @Test
  void percentiles_are_nearest_ranks() {
    long[] nanos = new long[200];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = (nanos.length - i) * 1_000_000L;
    }
    assertThat(Quantiles.ofNanos(nanos)).isEqualTo(new Quantiles(100, 198, 200));
  }
}

package io.mlassets.bench.dispatch;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import io.mlassets.signal.Action;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;

/** A committed signal's way to a subscriber, as a multiple of what its servers need at least. */
@Command(
    name = "dispatch",
    mixinStandardHelpOptions = true,
    description =
        "Commit to subscriber through a dispatcher of its own process, beside a durable insert and"
            + " a PUBLISH on the same PostgreSQL and Redis; bursts of one bar.")
public final class DispatchBench extends Benchmark {
  private static final double MOST_FLOORS = 2.5;
  private static final double MOST_BURST_SECONDS = 0.5;

  /**
   * Of a client that does the same, appending to the log and publishing. One that only publishes is
   * shown beside: who keeps a log cannot come near it, with whatever client.
   */
  private static final double LEAST_PUBLISH_SHARE = 0.5;

  @Override
  protected Report measure(boolean quick) throws Exception {
    return report(DispatchRun.measure(Plan.of(quick), directory().resolve("dispatch")));
  }

  static Report report(Figures figures) {
    double floor = figures.floor();
    Table singles =
        new Table("One signal, synchronous_commit on", "what", "p50 ms", "p99 ms", "floors");
    row(singles, "durable insert", figures.insert(), floor);
    row(singles, "PUBLISH to subscriber", figures.publish(), floor);
    row(singles, "commit to subscriber", figures.single(), floor);
    figures.byAction().forEach((action, times) -> row(singles, "  " + action, times, floor));
    Table burst =
        new Table(
                "%d signals of one bar".formatted(figures.burst()),
                "what",
                "seconds",
                "published/s",
                "of the peer",
                "of the peer with a log")
            .row(
                "dispatcher",
                figures.burstSeconds(),
                figures.publishPerSecond(),
                figures.publishShare(),
                figures.logShare())
            .row(figures.peer(), "", figures.peerPerSecond(), 1.0, "")
            .row(
                "own pipelined XADD + PUBLISH",
                "",
                figures.logPeerPerSecond(),
                figures.logPeerPerSecond() / figures.peerPerSecond(),
                1.0);
    return new Report(
        List.of(singles, burst),
        Report.fields(
            "floor_ms",
                Report.fields(
                    "insert_p50", figures.insert().p50(), "publish_p50", figures.publish().p50()),
            "commit_to_subscriber_ms", figures.single().fields(),
            "floors", figures.ratio(),
            "enter_ms", Objects.requireNonNull(figures.byAction().get(Action.ENTER)).fields(),
            "burst",
                Report.fields(
                    "signals", figures.burst(),
                    "seconds", figures.burstSeconds(),
                    "publish_per_s", figures.publishPerSecond(),
                    "redis_benchmark_per_s", figures.peerPerSecond(),
                    "pipelined_log_per_s", figures.logPeerPerSecond()),
            "publisher", figures.peer()),
        broken(figures));
  }

  private static void row(Table table, String what, Quantiles times, double floor) {
    table.row(what, times.p50(), times.p99(), times.p50() / floor);
  }

  private static List<String> broken(Figures figures) {
    return new Bounds()
        .atMost(
            "commit to subscriber takes %.2f floors, at most %.1f", figures.ratio(), MOST_FLOORS)
        .atMost("a burst takes %.3f s, at most %.1f", figures.burstSeconds(), MOST_BURST_SECONDS)
        .atLeast(
            "a burst is published at %.2f of a pipelined client that logs, too, at least %.1f",
            figures.logShare(), LEAST_PUBLISH_SHARE)
        .broken();
  }
}

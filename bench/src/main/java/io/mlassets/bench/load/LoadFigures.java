package io.mlassets.bench.load;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.dispatch.Quantiles;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one load came to.
 *
 * @param load the load
 * @param latency from bar in to subscriber, of each signal
 * @param seconds from bar in until the last of its signals came, median over the bars
 * @param worstSeconds the same, worst
 * @param durable signals committed
 * @param published of them those numbered to be sent; the others are entries the rules refused
 * @param received of those the subscribers heard
 * @param stages where the time went
 */
record LoadFigures(
    Load load,
    Quantiles latency,
    double seconds,
    double worstSeconds,
    long durable,
    long published,
    long received,
    Stages stages) {
  private static final double MOST_MILLIS_OF_TEN = 10;
  private static final double MOST_MILLIS_OF_A_THOUSAND = 100;
  private static final double MOST_SECONDS_OF_TEN_THOUSAND = 0.7;

  SequencedMap<String, @Nullable Object> fields() {
    return Report.fields(
        "pairs", load.pairs(),
        "triples", load.triples(),
        "pairs_per_process", load.perProcess(),
        "bars", load.bars(),
        "p50_ms", latency.p50(),
        "p99_ms", latency.p99(),
        "max_ms", latency.max(),
        "bar_s", seconds,
        "bar_worst_s", worstSeconds,
        "published", published,
        "received", received,
        "durable", durable,
        "allocated_bytes_per_decision", stages.allocatedBytes(),
        "stages", stages.fields());
  }

  void judge(Bounds bounds) {
    long due = (long) load.pairs() * load.bars();
    bounds.all(durable, due, "decisions are durable, " + load.name());
    bounds.all(received, published, "signals were received, " + load.name());
    if (load.pairs() <= 10) {
      bounds.atMost(load.name() + ": p99 %.1f ms, at most %.0f", latency.p99(), MOST_MILLIS_OF_TEN);
    } else if (load.pairs() <= 1_000) {
      bounds.atMost(
          load.name() + ": p99 %.1f ms, at most %.0f", latency.p99(), MOST_MILLIS_OF_A_THOUSAND);
    } else {
      bounds.atMost(
          load.name() + ": a bar takes %.3f s, at most %.1f",
          seconds,
          MOST_SECONDS_OF_TEN_THOUSAND);
    }
  }
}

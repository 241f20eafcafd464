package io.mlassets.bench.replicas;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of it.
 *
 * @param beat time from bar to bar
 * @param bars fed, each of all pairs
 * @param decisions against them
 * @param brokenChains decisions that do not begin with what the one before left
 * @param takeovers seconds from each fault to when all shards of its victim had another owner
 * @param decided seconds from each bar to its last decision
 * @param epoch times shards were taken, in all
 */
record Findings(
    Duration beat,
    int bars,
    Ledger.Decisions decisions,
    long brokenChains,
    Map<Fault, List<Double>> takeovers,
    List<Double> decided,
    long epoch) {

  /** Copies. */
  Findings {
    Map<Fault, List<Double>> copy = new EnumMap<>(Fault.class);
    takeovers.forEach((fault, seconds) -> copy.put(fault, List.copyOf(seconds)));
    takeovers = Collections.unmodifiableMap(copy);
    decided = List.copyOf(decided);
  }

  private double beatSeconds() {
    return beat.toNanos() / 1e9;
  }

  private static double longest(List<Double> seconds) {
    return seconds.isEmpty() ? 0 : Collections.max(seconds);
  }

  private static double median(List<Double> seconds) {
    return seconds.isEmpty()
        ? 0
        : Report.median(seconds.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private List<Double> all() {
    return takeovers.values().stream().flatMap(List::stream).toList();
  }

  Report report() {
    Table faults = new Table("Shards taken over, s", "what", "times", "median", "longest");
    takeovers.forEach(
        (fault, seconds) -> faults.row(fault, seconds.size(), median(seconds), longest(seconds)));
    faults.row("bar to its last decision", decided.size(), median(decided), longest(decided));
    Table found =
        new Table("Decisions on %d bars of %d pairs".formatted(bars, Plan.PAIRS.size()), "", "");
    SequencedMap<String, @Nullable Object> fields =
        Report.fields(
            "pairs",
            Plan.PAIRS.size(),
            "replicas",
            Plan.REPLICAS,
            "bars",
            bars,
            "due",
            (long) bars * Plan.PAIRS.size(),
            "missing",
            decisions.missing(),
            "doubled",
            decisions.doubled(),
            "strangers",
            decisions.strangers(),
            "broken_chains",
            brokenChains,
            "shards_taken",
            epoch);
    fields.forEach((name, value) -> found.row(name, String.valueOf(value)));
    fields.put(
        "faults",
        takeovers.entrySet().stream()
            .collect(Collectors.toMap(at -> at.getKey().name(), at -> at.getValue().size())));
    fields.put("bar_s", beatSeconds());
    fields.put("takeover_median_s", median(all()));
    fields.put("takeover_max_s", longest(all()));
    fields.put("takeover_max_bars", longest(all()) / beatSeconds());
    fields.put("decided_median_s", median(decided));
    fields.put("decided_max_s", longest(decided));
    fields.put("decided_max_bars", longest(decided) / beatSeconds());
    return new Report(List.of(faults, found), fields, broken().broken());
  }

  private Bounds broken() {
    return once()
        .atMost("a take-over took %.2f bars, at most %.0f", longest(all()) / beatSeconds(), 1)
        .atMost(
            "a decision came %.2f bars after its bar, at most %.0f",
            longest(decided) / beatSeconds(), 1);
  }

  /** What holds however slow the machine is. */
  Bounds once() {
    return new Bounds()
        .none(decisions.missing(), "bars of a pair have no decision")
        .none(decisions.doubled(), "decisions were made twice")
        .none(decisions.strangers(), "decisions are on bars that were not fed")
        .none(brokenChains, "decisions do not begin with what the one before left");
  }
}

package io.mlassets.bench.faults;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;

/** Whether every signal keeps exactly one outcome whatever is broken on its way. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description =
        "Kills, pauses and halts real processes, wipes their Redis and spoils the network, then"
            + " compares outbox, log, the Expert Advisor's broker and booked trades.")
public final class FaultsBench extends Benchmark {
  private static final double MOST_REBUILD_SECONDS = 5;
  private static final double MOST_HALT_SECONDS = 1;
  private static final double MOST_GAP_SECONDS = 2;

  @Override
  protected Report measure(boolean quick) throws Exception {
    Plan plan = Plan.of(quick);
    return report(
        plan,
        FaultsRun.run(plan, directory().resolve("faults")),
        NetworkRun.run(plan.spoiled(), directory().resolve("faults-network")));
  }

  static Report report(Plan plan, FaultsRun.Result result, NetworkRun.Result network) {
    Findings found = result.findings();
    double rebuilt = longest(result.rebuiltSeconds());
    double halted = longest(result.haltSeconds());
    Table done =
        new Table("What was done to it", "what", "times", "worst s")
            .row("killed " + result.kills(), plan.kills(), "")
            .row("Redis wiped, log rebuilt", plan.wipes(), rebuilt)
            .row("leader paused past its lease", plan.pauses(), "")
            .row("  taken over by another", result.takeovers(), "")
            .row("halted, last entry after the answer", plan.halts(), halted)
            .row("halts lost by a restart of everything", result.haltsLost(), "")
            .row("trading stopped by itself until resumed", result.stops().size(), "");
    result.damaged().forEach(one -> one.row(done));
    network
        .closedSeconds()
        .forEach(
            (fault, seconds) ->
                done.row("network " + fault + ", gap closed", seconds.size(), longest(seconds)));
    return new Report(
        List.of(done, left("by processes", found), left("by the network", network.findings())),
        Report.fields(
            "kills", plan.kills(),
            "processes", found.fields(),
            "wipes", plan.wipes(),
            "rebuild_worst_s", rebuilt,
            "pauses", plan.pauses(),
            "takeovers", result.takeovers(),
            "halts", plan.halts(),
            "halt_worst_s", halted,
            "halts_lost", result.haltsLost(),
            "stops", result.stops(),
            "damaged", sum(result, Damaged::damaged),
            "damaged_refused", sum(result, Damaged::refused),
            "damaged_accepted", sum(result, Damaged::accepted),
            "sound_lost", sum(result, Damaged::lost),
            "spoiled", plan.spoiled(),
            "gap_worst_s",
                network.closedSeconds().values().stream()
                    .mapToDouble(FaultsBench::longest)
                    .max()
                    .orElse(0),
            "network", network.findings().fields()),
        broken(plan, result, network));
  }

  private static long sum(FaultsRun.Result result, ToLongFunction<Damaged> of) {
    return result.damaged().stream().mapToLong(of).sum();
  }

  private static Table left(String by, Findings found) {
    Table left =
        new Table("%d signals, spoiled %s".formatted(found.signals(), by), "what", "count");
    found.fields().forEach((name, count) -> left.row(name, String.valueOf(count)));
    return left;
  }

  private static double longest(List<Double> seconds) {
    return seconds.isEmpty() ? 0 : Collections.max(seconds);
  }

  private static List<String> broken(
      Plan plan, FaultsRun.Result result, NetworkRun.Result network) {
    Bounds bounds =
        new Bounds()
            .with("", result.findings().broken())
            .with("network: ", network.findings().broken());
    network
        .closedSeconds()
        .forEach(
            (fault, seconds) ->
                bounds.atMost(
                    "a gap was closed %.2f s after " + fault + ", at most %.0f",
                    longest(seconds),
                    MOST_GAP_SECONDS));
    result.damaged().forEach(one -> one.judge(bounds));
    return bounds
        .atMost(
            "a log was whole after %.2f s, at most %.0f",
            longest(result.rebuiltSeconds()), MOST_REBUILD_SECONDS)
        .atMost(
            "an entry left %.2f s after a halt, at most %.0f",
            longest(result.haltSeconds()), MOST_HALT_SECONDS)
        .none(result.haltsLost(), "halts were lost by a restart")
        .all(result.takeovers(), plan.pauses(), "pauses led to a take-over")
        .broken();
  }
}

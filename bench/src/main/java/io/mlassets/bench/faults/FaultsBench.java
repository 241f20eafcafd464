package io.mlassets.bench.faults;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether every signal keeps exactly one outcome whatever is broken on its way. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description =
        "Kills, pauses and halts real processes, wipes their Redis and spoils the network, then"
            + " compares outbox, log, the Expert Advisor's broker and booked trades.")
public final class FaultsBench extends Benchmark {
  /** What can be run by itself. */
  enum Which {
    all,
    processes,
    network
  }

  @Option(
      names = "--part",
      description = "${COMPLETION-CANDIDATES}; the long form of all takes hours",
      defaultValue = "all")
  private Which part = Which.all;

  @Mixin private final Amounts amounts = new Amounts();

  @Override
  protected Report measure(boolean quick) throws Exception {
    Plan plan = amounts.instead(Plan.of(quick));
    List<Part> parts = new ArrayList<>();
    if (part != Which.network) {
      parts.add(FaultsRun.run(plan, directory().resolve("faults")));
    }
    if (part != Which.processes) {
      parts.add(NetworkRun.run(plan.spoiled(), directory().resolve("faults-network")));
    }
    return report(parts);
  }

  static Report report(List<Part> parts) {
    List<Table> tables = new ArrayList<>();
    Table done = new Table("What was done to it", "what", "times", "worst s");
    tables.add(done);
    SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("signals", sum(parts, Findings::signals));
    fields.put("without_outcome", sum(parts, Findings::withoutOutcome));
    fields.put("duplicate_orders", sum(parts, Findings::doubled));
    fields.put("inversions", sum(parts, Findings::inverted));
    fields.put("stale_executed", sum(parts, Findings::expired));
    fields.put("stale_epoch_accepted", sum(parts, Findings::staleWrites));
    Bounds bounds = new Bounds();
    for (Part part : parts) {
      part.rows(done);
      part.fields(fields);
      part.judge(bounds);
      tables.add(left(part));
      fields.put(part.by(), part.findings().fields());
      bounds.with(part.by() + ": ", part.findings().broken());
    }
    return new Report(tables, fields, bounds.broken());
  }

  private static long sum(List<Part> parts, ToLongFunction<Findings> of) {
    return parts.stream().map(Part::findings).mapToLong(of).sum();
  }

  private static Table left(Part part) {
    Findings found = part.findings();
    Table left =
        new Table("%d signals, %s spoiled".formatted(found.signals(), part.by()), "what", "count");
    found.fields().forEach((name, count) -> left.row(name, String.valueOf(count)));
    return left;
  }
}

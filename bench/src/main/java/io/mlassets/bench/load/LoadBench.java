package io.mlassets.bench.load;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a signal takes from its bar to a subscriber, whatever number of pairs a bar has. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Bars in, signals out, through inference and dispatcher as processes of their own on the"
            + " same PostgreSQL and Redis: 10, 1,000 and 10,000 pairs, and half an hour of 10 x"
            + " 10.")
public final class LoadBench extends Benchmark {
  /** What can be run by itself. */
  enum Part {
    all,
    pairs10,
    pairs1000,
    pairs10000,
    soak
  }

  /** Model triples beside one shared by all: one per pair class. */
  private static final int CLASSES = 20;

  @Option(names = "--part", description = "${COMPLETION-CANDIDATES}", defaultValue = "all")
  private Part part = Part.all;

  @Option(names = "--minutes", description = "of the soak, instead of 30", defaultValue = "30")
  private double minutes;

  @Option(
      names = "--triples",
      description =
          "model triples, each with processes of its own, instead of 1, and for 10,000 pairs 20"
              + " too")
  private @Nullable Integer triples;

  @Override
  protected Report measure(boolean quick) throws Exception {
    try (LoadFloor floor = new LoadFloor(directory().resolve("load"))) {
      List<LoadFigures> figures = new ArrayList<>();
      for (Load load : loads(quick)) {
        figures.add(run(load, floor));
      }
      @Nullable Soak soak = null;
      if (part == Part.soak || (part == Part.all && !quick)) {
        Duration length =
            quick ? Duration.ofSeconds(20) : Duration.ofMillis((long) (60_000 * minutes));
        soak = Soak.run(Soak.load(quick), floor, length);
      }
      return report(figures, soak);
    }
  }

  static LoadFigures run(Load load, LoadFloor floor) throws Exception {
    System.out.println("  " + load.name());
    try (LoadRun run = LoadRun.start(load, floor)) {
      return run.measure();
    }
  }

  private List<Load> loads(boolean quick) {
    List<Load> loads = new ArrayList<>();
    int few = triples == null ? 1 : triples;
    if (part == Part.all || part == Part.pairs10) {
      loads.add(
          quick
              ? new Load(10, Math.min(few, 10), 30, 60, Duration.ofMillis(50))
              : new Load(10, Math.min(few, 10), 500, 3_000, Duration.ofMillis(50)));
    }
    if (part == Part.all || part == Part.pairs1000) {
      loads.add(
          quick
              ? new Load(200, few, 10, 10, Duration.ofMillis(200))
              : new Load(1_000, few, 60, 300, Duration.ofMillis(500)));
    }
    if (part == Part.pairs10000 || (part == Part.all && !quick)) {
      // Rows are marked and ten thousand files written before the next bar.
      Load load = new Load(10_000, few, quick ? 3 : 10, quick ? 5 : 30, Duration.ofSeconds(6));
      loads.add(load);
      if (triples == null && !quick) {
        loads.add(new Load(10_000, CLASSES, load.warmUp(), load.bars(), load.pace()));
      }
    }
    return loads;
  }

  static Report report(List<LoadFigures> all, @Nullable Soak soak) {
    List<Table> tables = new ArrayList<>();
    SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
    Bounds bounds = new Bounds();
    if (!all.isEmpty()) {
      tables.add(latencies(all));
      tables.add(stages(all));
      fields.put("runs", all.stream().map(LoadFigures::fields).toList());
      all.forEach(figures -> figures.judge(bounds));
    }
    if (soak != null) {
      tables.addAll(soak.tables());
      fields.put("soak", soak.fields());
      soak.judge(bounds);
    }
    return new Report(tables, fields, bounds.broken());
  }

  private static Table latencies(List<LoadFigures> all) {
    Table table =
        new Table(
            "Bar in to subscriber",
            "load",
            "pairs a process",
            "p50 ms",
            "p99 ms",
            "max ms",
            "bar s",
            "published",
            "durable",
            "KB a decision");
    for (LoadFigures figures : all) {
      table.row(
          figures.load().name(),
          Integer.toString(figures.load().perProcess()),
          figures.latency().p50(),
          figures.latency().p99(),
          figures.latency().max(),
          figures.seconds(),
          Long.toString(figures.published()),
          Long.toString(figures.durable()),
          figures.stages().allocatedBytes() / 1e3);
    }
    return table;
  }

  private static Table stages(List<LoadFigures> all) {
    Table table = new Table("Where the time goes: mean of a stage", "load", "stage", "times", "ms");
    for (LoadFigures figures : all) {
      figures
          .stages()
          .all()
          .forEach(
              stage ->
                  table.row(
                      figures.load().name(),
                      stage.name(),
                      Long.toString((long) stage.times()),
                      stage.meanMillis()));
    }
    return table;
  }
}

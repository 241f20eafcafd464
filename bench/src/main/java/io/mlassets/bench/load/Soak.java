package io.mlassets.bench.load;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import io.mlassets.bench.dispatch.Quantiles;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ten times ten pairs for a while, a bar each second: latency window by window, and what each
 * process holds at the beginning and at the end.
 *
 * @param load the load
 * @param windows latency in parts of equal length, oldest first
 * @param processes heap and descriptors of each process
 * @param signals received
 */
record Soak(Load load, List<Quantiles> windows, List<Held> processes, long signals) {
  private static final int WINDOWS = 6;
  private static final double MOST_DRIFT = 1.25;
  private static final double MOST_HEAP_GROWTH = 1.10;

  /** What a collection leaves may differ by that without a leak: caches fill, buffers grow once. */
  private static final double SPARE_BYTES = 16e6;

  private static final double SPARE_DESCRIPTORS = 8;

  /** What a process holds at beginning and end. */
  record Held(
      String process,
      double heapBefore,
      double heapAfter,
      double descriptorsBefore,
      double descriptorsAfter) {}

  /** Ten processes of ten pairs each. */
  static Load load(boolean quick) {
    return quick
        ? new Load(20, 2, 10, 0, Duration.ofMillis(250))
        : new Load(100, 10, 60, 0, Duration.ofSeconds(1));
  }

  /** Runs for so long. */
  static Soak run(Load load, LoadFloor floor, Duration length)
      throws IOException, SQLException, InterruptedException {
    try (LoadRun run = LoadRun.start(load, floor)) {
      List<Look> before = looks(run);
      List<Quantiles> windows = new ArrayList<>();
      long signals = 0;
      for (int i = 0; i < WINDOWS; i++) {
        long end = System.nanoTime() + length.toNanos() / WINDOWS;
        List<LoadRun.Through> bars = new ArrayList<>();
        do {
          bars.add(run.bar());
        } while (System.nanoTime() < end);
        windows.add(LoadRun.quantiles(bars));
        signals += bars.stream().mapToLong(bar -> bar.nanos().length).sum();
        System.out.printf("  window %d of %d: p99 %.1f ms%n", i + 1, WINDOWS, windows.get(i).p99());
      }
      // What a round leaves behind is written within seconds.
      TimeUnit.SECONDS.sleep(2);
      return new Soak(load, windows, held(before, looks(run)), signals);
    }
  }

  private record Look(String process, double heap, double descriptors) {}

  private static List<Look> looks(LoadRun run) throws IOException, InterruptedException {
    List<Look> looks = new ArrayList<>();
    for (Lane lane : run.lanes()) {
      for (int i = 0; i < lane.meters().size(); i++) {
        Meters meters = lane.meters().get(i);
        looks.add(
            new Look(
                lane.scope() + (i == 0 ? " inference" : " dispatcher"),
                meters.heapAfterCollection(),
                meters.descriptors()));
      }
    }
    return looks;
  }

  private static List<Held> held(List<Look> before, List<Look> after) {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      Look first = before.get(i);
      Look last = after.get(i);
      held.add(
          new Held(
              first.process(), first.heap(), last.heap(), first.descriptors(), last.descriptors()));
    }
    return held;
  }

  /** Last window's median by the first one's. */
  double drift() {
    return windows.getLast().p50() / windows.getFirst().p50();
  }

  List<Table> tables() {
    Table latency =
        new Table(
            "%d x %d pairs, a bar each %d ms: bar in to subscriber"
                .formatted(load.triples(), load.perProcess(), load.pace().toMillis()),
            "window",
            "p50 ms",
            "p99 ms",
            "max ms");
    for (int i = 0; i < windows.size(); i++) {
      Quantiles window = windows.get(i);
      latency.row(Integer.toString(i + 1), window.p50(), window.p99(), window.max());
    }
    Table held =
        new Table(
            "Held after a collection", "process", "heap MB", "at the end", "files", "at the end");
    for (Held one : processes) {
      held.row(
          one.process(),
          one.heapBefore() / 1e6,
          one.heapAfter() / 1e6,
          one.descriptorsBefore(),
          one.descriptorsAfter());
    }
    return List.of(latency, held);
  }

  SequencedMap<String, @Nullable Object> fields() {
    return Report.fields(
        "pairs", load.pairs(),
        "triples", load.triples(),
        "signals", signals,
        "window_p50_ms", windows.stream().map(Quantiles::p50).toList(),
        "window_p99_ms", windows.stream().map(Quantiles::p99).toList(),
        "drift", drift(),
        "heap_bytes",
            Report.fields(
                "begin", processes.stream().mapToDouble(Held::heapBefore).sum(),
                "end", processes.stream().mapToDouble(Held::heapAfter).sum()),
        "descriptors",
            Report.fields(
                "begin", processes.stream().mapToDouble(Held::descriptorsBefore).sum(),
                "end", processes.stream().mapToDouble(Held::descriptorsAfter).sum()));
  }

  void judge(Bounds bounds) {
    bounds.atMost(
        "soak: median drifts to %.2f of the first window's, at most %.2f", drift(), MOST_DRIFT);
    for (Held one : processes) {
      bounds.atMost(
          "soak: heap of " + one.process() + " %.0f bytes at the end, at most %.0f",
          one.heapAfter(),
          one.heapBefore() * MOST_HEAP_GROWTH + SPARE_BYTES);
      bounds.atMost(
          "soak: " + one.process() + " has %.0f open files at the end, at most %.0f",
          one.descriptorsAfter(),
          one.descriptorsBefore() + SPARE_DESCRIPTORS);
    }
  }
}

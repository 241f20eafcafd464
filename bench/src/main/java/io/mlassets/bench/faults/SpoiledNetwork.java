package io.mlassets.bench.faults;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Table;
import io.mlassets.bench.faults.Proxy.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an Expert Advisor's spoiled network led to.
 *
 * @param closedSeconds of each fault, from its end until the last order sent before was answered
 * @param findings at the end
 */
record SpoiledNetwork(Map<Fault, List<Double>> closedSeconds, Findings findings) implements Part {
  private static final double MOST_GAP_SECONDS = 2;

  @Override
  public String by() {
    return "network";
  }

  @Override
  public void rows(Table table) {
    closedSeconds.forEach(
        (fault, seconds) ->
            table.row(
                "network " + fault + ", gap closed", seconds.size(), Seconds.longest(seconds)));
  }

  @Override
  public void fields(SequencedMap<String, @Nullable Object> fields) {
    closedSeconds.forEach(
        (fault, seconds) ->
            fields.put("network_" + fault.name().toLowerCase(Locale.ROOT), seconds.size()));
    fields.put(
        "gap_close_max_ms",
        closedSeconds.values().stream()
            .mapToDouble(s -> 1_000 * Seconds.longest(s))
            .max()
            .orElse(0));
  }

  @Override
  public void judge(Bounds bounds) {
    closedSeconds.forEach(
        (fault, seconds) ->
            bounds.atMost(
                "a gap was closed %.2f s after " + fault + ", at most %.0f",
                Seconds.longest(seconds),
                MOST_GAP_SECONDS));
  }
}

package io.mlassets.bench.faults;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Table;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What kills, wipes, pauses, halts and lies led to.
 *
 * @param kills by victim
 * @param rebuiltSeconds from Redis' return to a whole log, each wipe
 * @param pauses of the leader
 * @param takeovers pauses in which another took over
 * @param haltSeconds from the call of a halt to the last entry after it; 0 when there was none
 * @param haltsLost halts no longer in force after everything was restarted
 * @param stops states trading was found in that no operator had led to, with their reasons
 * @param damaged what said nothing true, and sound ones among it
 * @param findings at the end
 */
record BrokenProcesses(
    Map<Victim, Integer> kills,
    List<Double> rebuiltSeconds,
    long pauses,
    long takeovers,
    List<Double> haltSeconds,
    long haltsLost,
    List<String> stops,
    List<Damaged> damaged,
    Findings findings)
    implements Part {
  private static final double MOST_REBUILD_SECONDS = 5;
  private static final double MOST_HALT_SECONDS = 1;

  @Override
  public String by() {
    return "processes";
  }

  @Override
  public void rows(Table table) {
    table
        .row("killed " + kills, kills(kills), "")
        .row("Redis wiped, log rebuilt", rebuiltSeconds.size(), Seconds.longest(rebuiltSeconds))
        .row("leader paused past its lease", pauses, "")
        .row("  taken over by another", takeovers, "")
        .row("halted, last entry after the call", haltSeconds.size(), Seconds.longest(haltSeconds))
        .row("halts lost by a restart of everything", haltsLost, "")
        .row("trading stopped by itself until resumed", stops.size(), "");
    damaged.forEach(one -> one.row(table));
  }

  private static long kills(Map<Victim, Integer> kills) {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void fields(SequencedMap<String, @Nullable Object> fields) {
    fields.put("kills", kills(kills));
    fields.put("killed", kills);
    fields.put("wipes", rebuiltSeconds.size());
    fields.put("rebuild_max_ms", 1_000 * Seconds.longest(rebuiltSeconds));
    fields.put("pauses", pauses);
    fields.put("takeovers", takeovers);
    fields.put("halts", haltSeconds.size());
    fields.put("halt_p99_ms", 1_000 * Seconds.p99(haltSeconds));
    fields.put("after_halt", haltSeconds.stream().filter(s -> s > MOST_HALT_SECONDS).count());
    fields.put("halts_lost", haltsLost);
    fields.put("stops", stops);
    fields.put("damaged", sum(Damaged::damaged));
    fields.put("damaged_refused", sum(Damaged::refused));
    fields.put("damaged_accepted", sum(Damaged::accepted));
    fields.put("sound_lost", sum(Damaged::lost));
  }

  private long sum(ToLongFunction<Damaged> of) {
    return damaged.stream().mapToLong(of).sum();
  }

  @Override
  public void judge(Bounds bounds) {
    bounds
        .atMost(
            "a log was whole after %.2f s, at most %.0f",
            Seconds.longest(rebuiltSeconds), MOST_REBUILD_SECONDS)
        .atMost(
            "an entry left %.2f s after a halt, at most %.0f",
            Seconds.longest(haltSeconds), MOST_HALT_SECONDS)
        .none(haltsLost, "halts were lost by a restart")
        .all(takeovers, pauses, "pauses led to a take-over");
    damaged.forEach(one -> one.judge(bounds));
  }
}

package io.mlassets.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known when causes are looked for.
 *
 * @param marketNow market time
 * @param systemNow system time; differs from market time in a replay
 * @param trades trades that are over, any order
 * @param barDueSince market time since which the next bar has been due; null when nothing is known
 * @param eaSilence how long the Expert Advisor has owed an answer; null when it owes none
 * @param drift measurements, any order
 * @param countedFrom per cause, when an operator last resumed from it: what was before counts no
 *     more. Market time, but system time for {@link Cause#DRIFT}
 */
public record Evidence(
    Instant marketNow,
    Instant systemNow,
    List<ClosedTrade> trades,
    @Nullable Instant barDueSince,
    @Nullable Duration eaSilence,
    List<DriftMeasured> drift,
    Map<Cause, Instant> countedFrom) {

  /** Copies. */
  public Evidence {
    trades = List.copyOf(trades);
    drift = List.copyOf(drift);
    countedFrom = Map.copyOf(countedFrom);
  }

  Instant from(Cause cause, Instant now, Duration window) {
    Instant opens = now.minus(window);
    Instant resumed = countedFrom.getOrDefault(cause, Instant.MIN);
    return resumed.isAfter(opens) ? resumed : opens;
  }
}

package io.mlassets.label;

import io.mlassets.market.Pair;
import java.time.Instant;

/**
 * What became of one candidate entry.
 *
 * @param pair the pair
 * @param ts UTC start of the bar decided on
 * @param reverted AI1: whether the divergence closed before stop and time barrier
 * @param risky AI2: whether the horizon held a risk event
 * @param scaleTarget AI3: the size, in [0, 1], that would have kept the horizon's risk in budget
 * @param labelEndTs UTC end of the last bar the label looked at; purging needs it
 */
public record Label(
    Pair pair,
    Instant ts,
    boolean reverted,
    boolean risky,
    double scaleTarget,
    Instant labelEndTs) {

  /** Refuses a target outside [0, 1] and an end not after {@code ts}. */
  public Label {
    if (!(scaleTarget >= 0 && scaleTarget <= 1)) {
      throw new IllegalArgumentException(
          "%s %s: scale target %s is not in [0, 1]".formatted(pair, ts, scaleTarget));
    }
    if (!labelEndTs.isAfter(ts)) {
      throw new IllegalArgumentException(
          "%s: label end %s is not after %s".formatted(pair, labelEndTs, ts));
    }
  }
}

package io.mlassets.trainer.validation;

import io.mlassets.market.BarInterval;
import java.time.Duration;

/**
 * How long after a test block's last label nothing is trained on. A share of the sample is the
 * book's rule of thumb; it must also outlast the features' look-back, because a row within that of
 * the block has features made of the very bars the block's labels were made of.
 *
 * @param share of the whole sample's time, [0, 0.2]
 * @param atLeast not negative
 */
public record Embargo(double share, Duration atLeast) {

  /** Refuses values out of bounds with {@link IllegalArgumentException}. */
  public Embargo {
    if (!(share >= 0 && share <= 0.2)) {
      throw new IllegalArgumentException("embargo %s is not in [0, 0.2]".formatted(share));
    }
    if (atLeast.isNegative()) {
      throw new IllegalArgumentException("embargo of at least %s is negative".formatted(atLeast));
    }
  }

  /**
   * At least as long as the look-back's bars are when none is missing. Where a weekend lies between
   * them the bars reach further back than that.
   */
  public static Embargo of(double share, int lookBackBars, BarInterval interval) {
    return new Embargo(share, interval.length().multipliedBy(lookBackBars));
  }

  /** What it comes to in a sample of some length. */
  Duration in(Duration sample) {
    Duration shared = Duration.ofMillis((long) Math.ceil(sample.toMillis() * share));
    return shared.compareTo(atLeast) > 0 ? shared : atLeast;
  }
}

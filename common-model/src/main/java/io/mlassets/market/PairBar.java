package io.mlassets.market;

import java.time.Instant;

/**
 * The two legs' bars of one moment: the unit every feature and every decision is made from.
 *
 * @param pair the pair
 * @param a bar of the first leg
 * @param b bar of the second leg, same start and interval
 */
public record PairBar(Pair pair, Bar a, Bar b) {

  /** Refuses legs of another pair, time or interval with {@link IllegalArgumentException}. */
  public PairBar {
    if (!a.symbol().equals(pair.a()) || !b.symbol().equals(pair.b())) {
      throw new IllegalArgumentException(
          "bars of %s and %s are not the legs of %s".formatted(a.symbol(), b.symbol(), pair));
    }
    if (!a.ts().equals(b.ts()) || !a.interval().equals(b.interval())) {
      throw new IllegalArgumentException(
          "%s: legs at %s/%s and %s/%s do not belong together"
              .formatted(pair, a.ts(), a.interval(), b.ts(), b.interval()));
    }
  }

  /** UTC start of both bars. */
  public Instant ts() {
    return a.ts();
  }
}

package io.mlassets.parity;

import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;

/** Sixty-four bits of a bar: two bars that differ anywhere have others. Not against forgery. */
final class BarDigest {
  private BarDigest() {}

  static long of(PairBar bar) {
    long digest = mixed(0, bar.ts().getEpochSecond());
    return leg(leg(digest, bar.a()), bar.b());
  }

  private static long leg(long digest, Bar bar) {
    long mixed = mixed(digest, Double.doubleToLongBits(bar.open()));
    mixed = mixed(mixed, Double.doubleToLongBits(bar.high()));
    mixed = mixed(mixed, Double.doubleToLongBits(bar.low()));
    mixed = mixed(mixed, Double.doubleToLongBits(bar.close()));
    return mixed(mixed, Double.doubleToLongBits(bar.volume()));
  }

  /** Takes a value in, by SplitMix64 (Steele et al. 2014). */
  static long mixed(long digest, long value) {
    long z = (digest ^ value) + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

package io.mlassets.parity;

import io.mlassets.market.PairBar;
import java.util.List;

/**
 * Which bars a feature vector was made from, told so that others can say whether theirs are the
 * same.
 *
 * @param count bars, the newest ones
 * @param digest sum of their digests, modulo 2^64; a bar's time is in its digest, so the sum tells
 *     their order too
 * @param newest digest of the newest bar
 */
public record BarsSeen(int count, long digest, long newest) {

  /** Of bars, oldest first. */
  public static BarsSeen of(List<PairBar> bars) {
    long sum = 0;
    long newest = 0;
    for (PairBar bar : bars) {
      newest = BarDigest.of(bar);
      sum += newest;
    }
    return new BarsSeen(bars.size(), sum, newest);
  }
}

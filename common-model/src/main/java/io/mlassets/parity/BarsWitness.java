package io.mlassets.parity;

import io.mlassets.market.PairBar;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Remembers, in constant time per bar, which bars one engine's vectors were made from. Not
 * thread-safe: one per engine.
 */
public final class BarsWitness {
  private record Untaken(Instant ts, BarsSeen seen) {}

  private final long[] digests;
  private final Deque<Untaken> untaken = new ArrayDeque<>();
  private int next;
  private int count;
  private long sum;

  /**
   * A witness that has seen nothing.
   *
   * @param window bars a vector depends on, at least 1: the engine's warm-up
   */
  public BarsWitness(int window) {
    this.digests = new long[window];
  }

  /** A bar no vector will be asked for. */
  public void saw(PairBar bar) {
    add(BarDigest.of(bar));
  }

  /** A bar whose vector will be asked for. */
  public void sawToDecide(PairBar bar) {
    long digest = BarDigest.of(bar);
    add(digest);
    untaken.add(new Untaken(bar.ts(), new BarsSeen(count, sum, digest)));
  }

  private void add(long digest) {
    sum += digest;
    if (count == digests.length) {
      sum -= digests[next];
    } else {
      count++;
    }
    digests[next] = digest;
    next = next + 1 == digests.length ? 0 : next + 1;
  }

  /**
   * The bars of the vector of that bar; once, and not of older ones any more.
   *
   * @throws IllegalStateException if it was not seen, or taken before
   */
  public BarsSeen take(Instant ts) {
    Untaken oldest = untaken.poll();
    while (oldest != null && oldest.ts().isBefore(ts)) {
      oldest = untaken.poll();
    }
    if (oldest == null || !oldest.ts().equals(ts)) {
      throw new IllegalStateException("nobody saw the bars of the vector of " + ts);
    }
    return oldest.seen();
  }
}

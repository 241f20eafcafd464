package io.mlassets.ea;

/**
 * Which order it is: at most one that bears deals for each signal, leg and kind.
 *
 * @param seq number of the signal, positive
 * @param leg 0 for the pair's first symbol, 1 for its second
 * @param kind what it is for
 */
public record OrderId(long seq, int leg, OrderKind kind) {
  private static final long BASE = 700_000_000_000_000_000L;

  /** Refuses other legs and numbers with {@link IllegalArgumentException}. */
  public OrderId {
    if (seq < 1 || leg < 0 || leg > 1) {
      throw new IllegalArgumentException("no order %d of leg %d".formatted(seq, leg));
    }
  }

  /** Its number at the broker. */
  public long magic() {
    return BASE + seq * 100 + leg * 10L + (kind == OrderKind.UNWIND ? 1 : 0);
  }
}

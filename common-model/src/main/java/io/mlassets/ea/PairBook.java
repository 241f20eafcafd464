package io.mlassets.ea;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;

/** What the journal says of one pair: lots by leg, and what is still to be closed. */
final class PairBook {
  /** Lots by leg, positive when bought. */
  private final double[] lots = new double[2];

  private final Pair pair;

  /** The last order signal of this pair that was answered; 0 for none. */
  long lastSeq;

  /** The signal that left something to be closed (D10); 0 for none. */
  long unfinishedSeq;

  OrderKind unfinishedKind = OrderKind.ORDER;
  long retryAt;

  PairBook(Pair pair) {
    this.pair = pair;
  }

  Pair pair() {
    return pair;
  }

  Symbol symbol(int leg) {
    return pair.legs().get(leg);
  }

  double lots(int leg) {
    return lots[leg];
  }

  void set(int leg, double value) {
    lots[leg] = EaText.rounded(value);
  }

  boolean isHeld() {
    return lots[0] != 0 || lots[1] != 0;
  }
}

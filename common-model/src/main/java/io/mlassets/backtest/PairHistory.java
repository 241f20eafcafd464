package io.mlassets.backtest;

import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import java.util.List;

/**
 * What the backtest needs of one pair.
 *
 * @param pair the pair
 * @param a costs of the first leg
 * @param b costs of the second leg
 * @param bars consecutive bars in time order; every candidate's bar is among them
 * @param candidates scored candidate entries in time order; bars without one are never entered
 */
public record PairHistory(
    Pair pair, Instrument a, Instrument b, List<PairBar> bars, List<ScoredView> candidates) {

  /** Copies the lists. */
  public PairHistory {
    bars = List.copyOf(bars);
    candidates = List.copyOf(candidates);
    if (!a.symbol().equals(pair.a()) || !b.symbol().equals(pair.b())) {
      throw new IllegalArgumentException(
          "instruments %s and %s are not the legs of %s".formatted(a.symbol(), b.symbol(), pair));
    }
  }
}

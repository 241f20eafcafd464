package io.mlassets.trainer.dataset;

import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import java.util.List;

/**
 * The data of one pair.
 *
 * @param pair the pair
 * @param a first leg's costs
 * @param b second leg's costs
 * @param bars consecutive bars from the first one with features on
 * @param samples labelled candidates in time order
 */
public record PairSamples(
    Pair pair, Instrument a, Instrument b, List<PairBar> bars, List<Sample> samples) {

  /** Copies the lists. */
  public PairSamples {
    bars = List.copyOf(bars);
    samples = List.copyOf(samples);
  }
}

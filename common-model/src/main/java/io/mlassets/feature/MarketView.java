package io.mlassets.feature;

import io.mlassets.market.PairBar;

/**
 * Everything known of a pair at the close of one bar.
 *
 * @param bar the bar
 * @param spread the spread and its reference
 * @param features what the models see
 */
public record MarketView(PairBar bar, SpreadState spread, FeatureVector features) {

  /**
   * The same bar, described by another vector of it.
   *
   * @throws IllegalArgumentException if the vector is of another pair or bar
   */
  public MarketView with(FeatureVector other) {
    if (!other.pair().equals(bar.pair()) || !other.ts().equals(bar.ts())) {
      throw new IllegalArgumentException(
          "features of %s %s do not belong to the bar of %s %s"
              .formatted(other.pair(), other.ts(), bar.pair(), bar.ts()));
    }
    return new MarketView(bar, spread, other);
  }
}

package io.mlassets.feature;

import io.mlassets.market.PairBar;

/**
 * Everything known of a pair at the close of one bar.
 *
 * @param bar the bar
 * @param spread the spread and its reference
 * @param features what the models see
 */
public record MarketView(PairBar bar, SpreadState spread, FeatureVector features) {}

package io.mlassets.backtest;

import io.mlassets.decision.Scores;
import io.mlassets.feature.MarketView;

/**
 * A candidate entry with what the models said of it, out of fold.
 *
 * @param view the bar
 * @param scores the models' answers
 */
public record ScoredView(MarketView view, Scores scores) {}

package io.mlassets.suite.bars;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import java.util.List;
import java.util.Map;

/**
 * What the files held.
 *
 * @param interval length of a bar
 * @param bars every symbol's bars in time order, no two of the same start
 * @param refused rows that are no bars
 * @param reordered rows that stood behind a later bar and were put in their place
 */
public record LoadedBars(
    BarInterval interval, Map<Symbol, List<Bar>> bars, List<RefusedRow> refused, int reordered) {}

package io.mlassets.suite.market;

import io.mlassets.market.Bar;
import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.util.List;
import java.util.Map;

/**
 * A simulated market.
 *
 * @param pairs the pairs, in order
 * @param bars every symbol's bars in time order; all symbols share the calendar
 * @param instruments costs of every symbol
 */
public record SimulatedMarket(
    List<Pair> pairs, Map<Symbol, List<Bar>> bars, Map<Symbol, Instrument> instruments) {}

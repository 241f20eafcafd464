package io.mlassets.ea;

import io.mlassets.market.Symbol;

/**
 * What the terminal knows of an instrument.
 *
 * @param symbol instrument
 * @param bid price to sell at
 * @param ask price to buy at
 * @param unit what one lot is worth in account currency for each 1.0 of price
 * @param smallest smallest volume in lots
 * @param step step of volumes in lots
 */
public record EaQuote(
    Symbol symbol, double bid, double ask, double unit, double smallest, double step) {}

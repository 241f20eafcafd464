package io.mlassets.suite.ea;

import io.mlassets.market.Symbol;
import java.time.Instant;

/**
 * What a bar says of an instrument's price.
 *
 * @param symbol instrument
 * @param close last price, quote currency
 * @param end when the bar ended, UTC
 */
record PaperQuote(Symbol symbol, double close, Instant end) {}

/**
 * What is traded and its prices: symbols, pairs, bars, instruments. Nothing here knows of models or
 * orders.
 */
package io.mlassets.market;

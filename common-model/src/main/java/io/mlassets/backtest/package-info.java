/**
 * What decisions would have earned after costs, by the same rule that decides live, and the figures
 * that judge it.
 */
package io.mlassets.backtest;

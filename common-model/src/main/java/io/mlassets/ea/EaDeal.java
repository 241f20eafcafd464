package io.mlassets.ea;

/**
 * A deal as the broker tells it.
 *
 * @param ticket the broker's, unique within the account
 * @param lots volume, positive
 * @param price in quote currency
 * @param retcode MetaTrader 5's trade server return code
 */
public record EaDeal(long ticket, double lots, double price, int retcode) {}

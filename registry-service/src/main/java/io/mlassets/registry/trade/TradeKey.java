package io.mlassets.registry.trade;

import java.io.Serializable;

/**
 * Identity of a deal.
 *
 * @param account the trading account
 * @param dealTicket the broker's ticket
 */
public record TradeKey(String account, long dealTicket) implements Serializable {}

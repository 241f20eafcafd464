package io.mlassets.trade;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.Side;
import java.time.Instant;

/**
 * A booked deal together with what its signal said.
 *
 * @param account the trading account
 * @param pair the pair
 * @param symbol the leg
 * @param signalSeq sequence number of the signal obeyed
 * @param dealTicket the broker's ticket
 * @param action enter or exit; what takes an orphan leg of an entry back is an exit
 * @param side direction of the deal
 * @param lots volume, positive
 * @param price deal price, positive
 * @param filledAt UTC time of the deal
 * @param modelVersion version that decided the signal
 * @param weight the leg's share of the position's gross notional, in (0, 1]
 */
public record LiveFill(
    String account,
    Pair pair,
    Symbol symbol,
    long signalSeq,
    long dealTicket,
    Action action,
    Side side,
    double lots,
    double price,
    Instant filledAt,
    String modelVersion,
    double weight) {}

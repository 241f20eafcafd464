package io.mlassets.ea;

import java.time.Instant;
import java.util.List;

/**
 * What came of an order.
 *
 * @param order which
 * @param retcode MetaTrader 5's trade server return code of the order
 * @param at when, UTC
 * @param deals of this order; none when it was refused, or never sent
 */
public record EaResult(OrderId order, int retcode, Instant at, List<EaDeal> deals) {

  /** Copies. */
  public EaResult {
    deals = List.copyOf(deals);
  }
}

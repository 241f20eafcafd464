package io.mlassets.suite.ea;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * A deal or a refusal, in the form of stream {@code fills}.
 *
 * @param account whose
 * @param signalSeq number of the signal it answers
 * @param pair the signal's pair, {@code A-B}
 * @param symbol instrument
 * @param side BUY or SELL
 * @param lots lots dealt; 0 when refused
 * @param price price dealt at; 0 when refused
 * @param dealTicket unique within the account
 * @param filledAt market time, UTC
 * @param retcode MetaTrader 5's trade server return code
 */
@JsonPropertyOrder({
  "account",
  "signal_seq",
  "pair",
  "symbol",
  "side",
  "lots",
  "price",
  "deal_ticket",
  "filled_at",
  "retcode"
})
record Deal(
    String account,
    @JsonProperty("signal_seq") long signalSeq,
    String pair,
    String symbol,
    String side,
    double lots,
    double price,
    @JsonProperty("deal_ticket") long dealTicket,
    @JsonProperty("filled_at") Instant filledAt,
    int retcode) {
  static final int REJECTED = 10_006;
  static final int DONE = 10_009;
  static final int DONE_PARTIAL = 10_010;
  static final int NO_QUOTES = 10_021;

  /** Lots bought, negative when sold; 0 when refused. */
  double signedLots() {
    if (retcode != DONE && retcode != DONE_PARTIAL) {
      return 0;
    }
    return side.equals("BUY") ? lots : -lots;
  }
}

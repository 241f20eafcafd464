package io.mlassets.trade;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Side;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One deal, or one refusal, the Expert Advisor reports for one leg of a signal. {@code (account,
 * dealTicket)} is unique.
 *
 * @param account the trading account
 * @param signalSeq sequence number of the signal obeyed, positive
 * @param pair the pair
 * @param symbol the leg
 * @param side direction of the deal
 * @param lots volume in lots; zero only when refused
 * @param price deal price in quote currency; zero only when refused
 * @param dealTicket the broker's ticket; unique within the account
 * @param filledAt UTC time of the deal
 * @param retcode MetaTrader 5 trade server return code: 10009 done, 10010 done partially, 10008
 *     placed; every other one means that nothing was dealt
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
public record Fill(
    String account,
    @JsonProperty("signal_seq") long signalSeq,
    Pair pair,
    Symbol symbol,
    Side side,
    double lots,
    double price,
    @JsonProperty("deal_ticket") long dealTicket,
    @JsonProperty("filled_at") Instant filledAt,
    int retcode) {

  private static final Pattern ACCOUNT = Pattern.compile("[ -~]{1,64}");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int LOWEST_RETCODE = 10_001;
  private static final int HIGHEST_RETCODE = 10_999;
  private static final int PLACED = 10_008;
  private static final int DONE = 10_009;
  private static final int DONE_PARTIAL = 10_010;

  /** Refuses a fill that breaks an invariant with {@link IllegalArgumentException} naming it. */
  public Fill {
    if (account == null || account.isBlank() || !ACCOUNT.matcher(account).matches()) {
      throw new IllegalArgumentException(
          "fill: account is missing, longer than 64 characters or not plain ASCII");
    }
    if (pair == null || symbol == null || side == null || filledAt == null) {
      throw new IllegalArgumentException("fill: pair, symbol, side and filled_at are required");
    }
    if (signalSeq <= 0) {
      throw new IllegalArgumentException(
          "fill: signal_seq %d is not positive".formatted(signalSeq));
    }
    if (dealTicket <= 0) {
      throw new IllegalArgumentException(
          "fill: deal_ticket %d is not positive".formatted(dealTicket));
    }
    if (!pair.legs().contains(symbol)) {
      throw new IllegalArgumentException("fill: %s is not a leg of %s".formatted(symbol, pair));
    }
    if (filledAt.isBefore(EARLIEST) || filledAt.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "fill: filled_at %s is not between %s and %s".formatted(filledAt, EARLIEST, LATEST));
    }
    if (retcode < LOWEST_RETCODE || retcode > HIGHEST_RETCODE) {
      throw new IllegalArgumentException(
          "fill: retcode %d is not in [%d, %d]"
              .formatted(retcode, LOWEST_RETCODE, HIGHEST_RETCODE));
    }
    boolean dealt = isDealt(retcode);
    if (!Double.isFinite(lots) || (dealt ? lots <= 0 : lots < 0) || lots > 1e6) {
      throw new IllegalArgumentException("fill: lots %s is out of range".formatted(lots));
    }
    if (!Double.isFinite(price) || (dealt ? price <= 0 : price < 0)) {
      throw new IllegalArgumentException("fill: price %s is out of range".formatted(price));
    }
  }

  private static boolean isDealt(int retcode) {
    return retcode == DONE || retcode == DONE_PARTIAL || retcode == PLACED;
  }

  /** Whether volume was really dealt. */
  public boolean dealt() {
    return isDealt(retcode);
  }
}

package io.mlassets.suite.ea;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account does with signals: opens, closes, and reports each deal. An entry past its expiry
 * or for a pair already held is left alone; an exit closes what is held and nothing else.
 */
final class PaperDesk {
  private static final int DONE = 10_009;
  private static final int DONE_PARTIAL = 10_010;
  private static final int REJECTED = 10_006;
  private static final double LOT_STEP = 0.01;

  /** A deal or a refusal, in the form of stream {@code fills}. */
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
      int retcode) {}

  /** Lots held of a symbol; positive when bought. */
  private record Held(String symbol, double lots) {}

  private final PaperAccount account;
  private final PaperMarket market;
  private final Map<String, List<Held>> held = new HashMap<>();

  PaperDesk(PaperAccount account, PaperMarket market) {
    this.account = account;
    this.market = market;
  }

  /** The deals a signal leads to. */
  List<Deal> obey(EaSignal signal) {
    return switch (signal.action()) {
      case "ENTER" -> enter(signal);
      case "EXIT" -> exit(signal);
      default -> List.of();
    };
  }

  private List<Deal> enter(EaSignal signal) {
    List<Deal> deals = new ArrayList<>();
    boolean noMarket = market.now().equals(Instant.EPOCH);
    if (noMarket || held.containsKey(signal.pair()) || market.now().isAfter(signal.expiresAt())) {
      return deals;
    }
    List<Held> opened = new ArrayList<>();
    int leg = 0;
    for (EaSignal.Order order : signal.orders()) {
      boolean buy = order.side().equals("BUY");
      Optional<Double> price = market.price(order.symbol(), buy);
      double lots = price.map(p -> lots(signal, order, p)).orElse(0.0);
      if (price.isEmpty() || market.chance(account.rejectShare())) {
        deals.add(deal(signal, leg, 0, order.symbol(), order.side(), 0, 0, REJECTED));
      } else {
        fill(signal, leg, order.symbol(), buy, lots, price.get(), deals);
        opened.add(new Held(order.symbol(), buy ? lots : -lots));
      }
      leg++;
    }
    if (!opened.isEmpty()) {
      held.put(signal.pair(), opened);
    }
    return deals;
  }

  private double lots(EaSignal signal, EaSignal.Order order, double price) {
    double notional = account.equity() * order.weight() * signal.scale();
    double lots = notional / (price * market.contractSize(order.symbol()));
    return Math.max(LOT_STEP, Math.round(lots / LOT_STEP) * LOT_STEP);
  }

  private List<Deal> exit(EaSignal signal) {
    List<Deal> deals = new ArrayList<>();
    List<Held> open = held.remove(signal.pair());
    if (open == null) {
      return deals;
    }
    int leg = 0;
    for (Held one : open) {
      boolean buy = one.lots() < 0;
      // What is held was dealt at a price of this symbol, so there is one.
      double price = market.price(one.symbol(), buy).orElseThrow();
      fill(signal, leg++, one.symbol(), buy, Math.abs(one.lots()), price, deals);
    }
    return deals;
  }

  private void fill(
      EaSignal signal,
      int leg,
      String symbol,
      boolean buy,
      double lots,
      double price,
      List<Deal> deals) {
    String side = buy ? "BUY" : "SELL";
    double first = Math.round(lots / 2 / LOT_STEP) * LOT_STEP;
    if (first >= LOT_STEP && lots - first >= LOT_STEP && market.chance(account.partialShare())) {
      deals.add(deal(signal, leg, 0, symbol, side, first, price, DONE_PARTIAL));
      deals.add(deal(signal, leg, 1, symbol, side, round(lots - first), price, DONE));
    } else {
      deals.add(deal(signal, leg, 0, symbol, side, lots, price, DONE));
    }
  }

  private static double round(double lots) {
    return Math.round(lots / LOT_STEP) * LOT_STEP;
  }

  private Deal deal(
      EaSignal signal,
      int leg,
      int part,
      String symbol,
      String side,
      double lots,
      double price,
      int retcode) {
    // The ticket follows from signal, leg and part: a replayed signal cannot make a second deal.
    long ticket = signal.seq() * 10 + leg * 2L + part;
    return new Deal(
        account.name(),
        signal.seq(),
        signal.pair(),
        symbol,
        side,
        lots,
        price,
        ticket,
        market.now(),
        retcode);
  }

  /** Pairs held now. */
  int open() {
    return held.size();
  }
}

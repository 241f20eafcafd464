package io.mlassets.suite.ea;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an account does with signals. An entry past its expiry or for a pair already held is left
 * alone; an exit closes what is held and nothing else. Positions follow from the deals booked, so a
 * journal's deals bring them back.
 */
final class PaperDesk {
  private static final double LOT_STEP = 0.01;

  private final PaperAccount account;
  private final PaperMarket market;

  /** Lots by pair and symbol, positive when bought; pairs and symbols not held are absent. */
  private final Map<String, Map<String, Double>> held = new HashMap<>();

  PaperDesk(PaperAccount account, PaperMarket market) {
    this.account = account;
    this.market = market;
  }

  /** The deals an ENTER or EXIT leads to, or why to none; nothing is held before it is booked. */
  JournalEntry answer(EaSignal signal) {
    return signal.action().equals("ENTER") ? enter(signal) : exit(signal);
  }

  /** Takes deals into the positions. */
  void book(List<Deal> deals) {
    for (Deal deal : deals) {
      Map<String, Double> legs = held.computeIfAbsent(deal.pair(), pair -> new LinkedHashMap<>());
      legs.merge(deal.symbol(), deal.signedLots(), (before, now) -> round(before + now));
      legs.values().removeIf(lots -> Math.abs(lots) < LOT_STEP / 2);
      if (legs.isEmpty()) {
        held.remove(deal.pair());
      }
    }
  }

  /** Symbols held now. */
  Set<String> symbolsHeld() {
    Set<String> symbols = new TreeSet<>();
    held.values().forEach(legs -> symbols.addAll(legs.keySet()));
    return symbols;
  }

  private JournalEntry enter(EaSignal signal) {
    if (market.now().equals(Instant.EPOCH)) {
      return nothing(signal, "no market yet");
    }
    if (held.containsKey(signal.pair())) {
      return nothing(signal, "held already");
    }
    if (market.now().isAfter(signal.expiresAt())) {
      return nothing(signal, "expired");
    }
    List<Deal> deals = new ArrayList<>();
    int leg = 0;
    for (EaSignal.Order order : signal.orders()) {
      boolean buy = order.side().equals("BUY");
      Optional<Double> price = market.price(order.symbol(), buy);
      if (price.isEmpty()) {
        deals.add(refusal(signal, leg, order.symbol(), buy, Deal.NO_QUOTES));
      } else if (market.chance(account.rejectShare())) {
        deals.add(refusal(signal, leg, order.symbol(), buy, Deal.REJECTED));
      } else {
        double lots = lots(signal, order, price.get());
        deals.addAll(fill(signal, leg, order.symbol(), buy, lots, price.get()));
      }
      leg++;
    }
    return done(signal, deals);
  }

  private double lots(EaSignal signal, EaSignal.Order order, double price) {
    double notional = account.equity() * order.weight() * signal.scale();
    double lots = notional / (price * market.contractSize(order.symbol()));
    return Math.max(LOT_STEP, round(lots));
  }

  private JournalEntry exit(EaSignal signal) {
    Map<String, Double> open = held.get(signal.pair());
    if (open == null) {
      return nothing(signal, "not held");
    }
    List<Deal> deals = new ArrayList<>();
    int leg = 0;
    for (Map.Entry<String, Double> one : open.entrySet()) {
      boolean buy = one.getValue() < 0;
      Optional<Double> price = market.price(one.getKey(), buy);
      // After a restart a symbol may have no quote yet; it stays held.
      if (price.isEmpty()) {
        deals.add(refusal(signal, leg, one.getKey(), buy, Deal.NO_QUOTES));
      } else {
        deals.addAll(fill(signal, leg, one.getKey(), buy, Math.abs(one.getValue()), price.get()));
      }
      leg++;
    }
    return done(signal, deals);
  }

  private List<Deal> fill(
      EaSignal signal, int leg, String symbol, boolean buy, double lots, double price) {
    double first = round(lots / 2);
    if (first >= LOT_STEP && lots - first >= LOT_STEP && market.chance(account.partialShare())) {
      return List.of(
          deal(signal, leg, 0, symbol, buy, first, price, Deal.DONE_PARTIAL),
          deal(signal, leg, 1, symbol, buy, round(lots - first), price, Deal.DONE));
    }
    return List.of(deal(signal, leg, 0, symbol, buy, lots, price, Deal.DONE));
  }

  private Deal refusal(EaSignal signal, int leg, String symbol, boolean buy, int retcode) {
    return deal(signal, leg, 0, symbol, buy, 0, 0, retcode);
  }

  private Deal deal(
      EaSignal signal,
      int leg,
      int part,
      String symbol,
      boolean buy,
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
        buy ? "BUY" : "SELL",
        lots,
        price,
        ticket,
        market.now(),
        retcode);
  }

  private static double round(double lots) {
    return Math.round(lots / LOT_STEP) * LOT_STEP;
  }

  private static JournalEntry done(EaSignal signal, List<Deal> deals) {
    return new JournalEntry(signal.seq(), signal.id(), signal.action(), null, deals);
  }

  private static JournalEntry nothing(EaSignal signal, String why) {
    return new JournalEntry(signal.seq(), signal.id(), signal.action(), why, List.of());
  }
}

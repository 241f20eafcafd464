package io.mlassets.ea;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.time.Instant;

/**
 * The journal's lines and the fills in them. Each line is one JSON object that begins with seq (or
 * adopt) and is told by its last member: legs (intent), lots (order), deals, ack; a line with none
 * of them says how far was read.
 */
final class JournalLines {
  private JournalLines() {}

  static String intent(Plan plan) {
    return "{\"seq\":%d,\"signal_id\":\"%s\",\"epoch\":%d,\"pair\":\"%s\",\"action\":\"%s\",\"expires_at\":\"%s\",\"legs\":[%s,%s]}"
        .formatted(
            plan.seq,
            plan.id,
            plan.epoch,
            plan.pair,
            plan.action,
            EaText.time(plan.expiresAt),
            intended(plan.leg(0)),
            intended(plan.leg(1)));
  }

  private static String intended(Plan.PlannedLeg leg) {
    return "{\"symbol\":\"%s\",\"lots\":%s}".formatted(leg.symbol, EaText.number(leg.asked));
  }

  static String order(OrderId id, Pair pair, Symbol symbol, double lots) {
    return "{\"seq\":%d,\"pair\":\"%s\",\"leg\":%d,\"kind\":\"%s\",\"symbol\":\"%s\",\"lots\":%s}"
        .formatted(id.seq(), pair, id.leg(), id.kind().wire(), symbol, EaText.number(lots));
  }

  static String deals(OrderId id, Pair pair, String fills) {
    return "{\"seq\":%d,\"pair\":\"%s\",\"leg\":%d,\"kind\":\"%s\",\"deals\":[%s]}"
        .formatted(id.seq(), pair, id.leg(), id.kind().wire(), fills);
  }

  static String ack(long seq, String ack) {
    return "{\"seq\":%d,\"ack\":%s}".formatted(seq, ack);
  }

  static String progress(LastSignal last) {
    return "{\"seq\":%d,%s\"epoch\":%d}"
        .formatted(
            last.seq(),
            last.id().isEmpty() ? "" : "\"signal_id\":\"" + last.id() + "\",",
            last.epoch());
  }

  static String adopt(String why, Pair pair, Symbol symbol, double lots) {
    return "{\"adopt\":\"%s\",\"pair\":\"%s\",\"symbol\":\"%s\",\"lots\":%s}"
        .formatted(why, pair, symbol, EaText.number(lots));
  }

  /** A fill in the form of stream {@code fills}. */
  static String fill(
      String account, OrderId id, Pair pair, Symbol symbol, boolean buy, EaDeal deal, Instant at) {
    return "{\"account\":\"%s\",\"signal_seq\":%d,\"pair\":\"%s\",\"symbol\":\"%s\",\"side\":\"%s\",\"lots\":%s,\"price\":%s,\"deal_ticket\":%d,\"filled_at\":\"%s\",\"retcode\":%d}"
        .formatted(
            account,
            id.seq(),
            pair,
            symbol,
            buy ? "BUY" : "SELL",
            EaText.number(deal.lots()),
            EaText.number(deal.price()),
            deal.ticket(),
            EaText.time(at),
            deal.retcode());
  }
}

package io.mlassets.ea;

import io.mlassets.channel.StrictJson;
import io.mlassets.channel.UnfitDocumentException;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.trade.SignalOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings an account's standing back from the lines of its journal (J, R1). */
final class JournalReader {
  private static final String NO_ENTRY = "is no entry";
  private static final double MOST_LOTS = 1e6;

  private final Standing standing;

  JournalReader(Standing standing) {
    this.standing = standing;
  }

  /** Reads a line; what is wrong with it, or empty when it is one. */
  Optional<String> load(String line) {
    try {
      load(StrictJson.read(line));
      return Optional.empty();
    } catch (UnfitDocumentException e) {
      return Optional.of(e instanceof OutOfOrder ? String.valueOf(e.getMessage()) : NO_ENTRY);
    }
  }

  /** A number not above the one before. */
  private static final class OutOfOrder extends UnfitDocumentException {
    private static final long serialVersionUID = 1L;

    private OutOfOrder(long seq, long after) {
      super("has number %d after %d".formatted(seq, after));
    }
  }

  private static void require(boolean fit) {
    if (!fit) {
      throw new UnfitDocumentException(NO_ENTRY);
    }
  }

  private void load(StrictJson json) {
    if (json.has("adopt")) {
      loadAdoption(json);
      return;
    }
    long seq = json.counter("seq");
    require(seq > 0);
    if (json.has("ack")) {
      loadAck(json, seq);
    } else if (json.has("legs")) {
      loadIntent(json, seq);
    } else if (json.has("deals")) {
      loadDeals(json, order(json, seq), book(json));
    } else if (json.has("kind")) {
      loadOrder(json, order(json, seq), book(json));
    } else {
      loadProgress(json, seq);
    }
  }

  private static OrderId order(StrictJson json, long seq) {
    long leg = json.counter("leg");
    require(leg < 2);
    return new OrderId(seq, (int) leg, OrderKind.of(json.text("kind", 6)));
  }

  private PairBook book(StrictJson json) {
    return book(json, "pair");
  }

  private PairBook book(StrictJson json, String path) {
    return standing
        .book
        .of(pair(json.text(path, 33)))
        .orElseThrow(() -> new UnfitDocumentException(NO_ENTRY));
  }

  private static Pair pair(String text) {
    String[] symbols = text.split("-", -1);
    require(symbols.length == 2);
    return EaSignal.pair(symbols[0], symbols[1]);
  }

  private static void requireSymbol(StrictJson json, String path, Symbol symbol) {
    require(json.text(path, 16).equals(symbol.name()));
  }

  private void loadAdoption(StrictJson json) {
    PairBook book = book(json);
    String symbol = json.text("symbol", 16);
    double lots = json.number("lots", -MOST_LOTS, MOST_LOTS);
    require(book.pair().legs().stream().anyMatch(leg -> leg.name().equals(symbol)));
    book.set(symbol.equals(book.symbol(0).name()) ? 0 : 1, lots);
  }

  private void loadAck(StrictJson json, long seq) {
    PairBook book = book(json, "ack.pair");
    Plan plan = standing.plan;
    require(json.counter("ack.signal_seq") == seq && (plan == null || plan.seq == seq));
    if (plan == null && seq <= book.lastSeq) {
      throw new OutOfOrder(seq, book.lastSeq);
    }
    Action action = asked(json.text("ack.action", 5));
    SignalOutcome outcome = outcome(json.text("ack.outcome", 10));
    long epoch = json.counter("ack.epoch");
    standing.outbox.add(EaDocument.Stream.ACKS, json.object("ack"), seq);
    standing.settle(new LastSignal(seq, json.textOrNone("ack.signal_id", 36), epoch));
    standing.answered(book.pair(), seq, action, outcome, 0);
    standing.plan = null;
  }

  private static Action asked(String text) {
    require(text.equals("ENTER") || text.equals("EXIT"));
    return Action.valueOf(text);
  }

  private static SignalOutcome outcome(String text) {
    for (SignalOutcome outcome : SignalOutcome.values()) {
      if (outcome.name().equals(text)) {
        return outcome;
      }
    }
    throw new UnfitDocumentException(NO_ENTRY);
  }

  private void loadIntent(StrictJson json, long seq) {
    PairBook book = book(json);
    Plan before = standing.plan;
    if (before != null && seq <= before.seq) {
      throw new OutOfOrder(seq, before.seq);
    }
    require(before == null);
    if (seq <= book.lastSeq) {
      throw new OutOfOrder(seq, book.lastSeq);
    }
    Plan plan =
        Plan.of(
            seq,
            EaSignal.id(json.text("signal_id", 36)),
            json.counter("epoch"),
            book.pair(),
            asked(json.text("action", 5)),
            json.time("expires_at"));
    for (int i = 0; i < 2; i++) {
      requireSymbol(json, "legs[" + i + "].symbol", book.symbol(i));
      plan.leg(i).asked = json.number("legs[" + i + "].lots", -MOST_LOTS, MOST_LOTS);
    }
    plan.resumed = true;
    standing.begin(plan);
  }

  private void loadOrder(StrictJson json, OrderId order, PairBook book) {
    double lots = json.number("lots", -MOST_LOTS, MOST_LOTS);
    require(lots != 0);
    requireSymbol(json, "symbol", book.symbol(order.leg()));
    Plan plan = standing.plan;
    if (plan == null) {
      require(book.unfinishedSeq == order.seq());
      plan = Plan.closing(order.seq(), book.pair());
      standing.begin(plan);
    }
    require(plan.seq == order.seq() && plan.pair.equals(book.pair()));
    plan.waiting = order;
    plan.lookup = true;
    if (order.kind() == OrderKind.ORDER) {
      plan.leg(order.leg()).asked = lots;
    } else if (!plan.retry) {
      plan.breakOff("leg refused");
    }
  }

  private void loadDeals(StrictJson json, OrderId order, PairBook book) {
    @Nullable Plan plan = standing.plan;
    if (plan == null || !order.equals(plan.waiting)) {
      throw new UnfitDocumentException(NO_ENTRY);
    }
    double sum = 0;
    for (int i = 0; json.has("deals[" + i + "]"); i++) {
      String deal = "deals[" + i + "]";
      double lots = json.number(deal + ".lots", 0, MOST_LOTS);
      String side = json.text(deal + ".side", 4);
      require(side.equals("BUY") || side.equals("SELL"));
      require(json.counter(deal + ".signal_seq") == order.seq());
      requireSymbol(json, deal + ".symbol", book.symbol(order.leg()));
      if (lots > 0) {
        standing.isNew(order.seq(), json.whole(deal + ".deal_ticket"));
      }
      sum += side.equals("BUY") ? lots : -lots;
      standing.outbox.add(EaDocument.Stream.FILLS, json.object(deal), order.seq());
    }
    standing.book.deal(book, order.leg(), sum, false);
    standing.done(plan, order, sum);
  }

  private void loadProgress(StrictJson json, long seq) {
    long epoch = json.counter("epoch");
    require(standing.plan == null);
    if (seq < standing.last().seq()) {
      throw new OutOfOrder(seq, standing.last().seq());
    }
    standing.settle(new LastSignal(seq, json.textOrNone("signal_id", 36), epoch));
  }
}

package io.mlassets.ea;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The whole protocol (docs/ea-protocol.md) of one account: it keeps the connections, reads what
 * comes over them, closes gaps from the log, and hands each signal to the desk once and in order.
 * Events go in as calls, each answered by the actions to do, in their order. {@code now} is a
 * monotonic count of milliseconds. Not for several threads.
 *
 * <p>First every line of the journal is loaded and the broker's positions and quotes are told, then
 * {@link #begin}.
 */
public final class EaMachine {
  private final boolean files;
  private final Standing standing = new Standing();
  private final JournalReader journal = new JournalReader(standing);
  private final MarketTime clock;
  private final EntryRules rules;
  private final Answers answers;
  private final Orders orders;
  private final Desk desk;
  private final Lines lines;
  private final Hearing hearing;
  private final Session session;
  private boolean begun;

  /** Makes a machine without a past. */
  public EaMachine(EaConfig config) {
    this.files = config.files();
    this.clock = new MarketTime(config.clock());
    this.rules = new EntryRules(config, clock, standing.book);
    this.answers = new Answers(config, clock, standing);
    this.orders = new Orders(config, clock, standing, rules, answers);
    this.desk = new Desk(config, standing, rules, answers, orders);
    this.lines = new Lines(config.login());
    this.hearing = new Hearing(config, standing, clock, rules, desk, lines);
    this.session = new Session(config, standing.outbox, clock, answers, lines, hearing);
  }

  private List<EaAction> after(Consumer<Actions> event) {
    Actions out = new Actions();
    if (!hearing.isStopped()) {
      event.accept(out);
    }
    return out.list();
  }

  /** Loads a line of the journal; what is wrong with it, or empty when it is one (J2, R1). */
  public Optional<String> load(String line) {
    return journal.load(line);
  }

  /** Everything of before was told: goes on from there. */
  public List<EaAction> begin(long now) {
    return after(
        out -> {
          begun = true;
          standing.outbox.trim();
          orders.begin(now, out);
          hearing.begin();
          lines.connectFrom(now);
          if (files) {
            answers.writeAgain(out);
            out.write("positions.json", answers.positions(now));
          }
          tick(now, out);
        });
  }

  /** A socket is open. */
  public List<EaAction> connected(EaSocket socket, long now) {
    return after(out -> session.connected(socket, now, out));
  }

  /** A socket could not be opened, or is broken. */
  public List<EaAction> lost(EaSocket socket, long now) {
    return after(out -> session.lost(socket, now, out));
  }

  /** Bytes came. */
  public List<EaAction> received(EaSocket socket, byte[] bytes, long now) {
    return after(
        out -> {
          if (session.received(socket, bytes, now, out)) {
            process(now, out);
          }
        });
  }

  /** A file of signals is new or has changed (F1). */
  public List<EaAction> file(String name, String text, long now) {
    return after(
        out -> {
          if (files && name.startsWith("heartbeat")) {
            hearing.beat(text, now, out);
            process(now, out);
          } else if (files) {
            hearing.file(text);
            process(now, out);
          }
        });
  }

  /** An order, or a look-up, has its result. */
  public List<EaAction> result(EaResult result, long now) {
    return after(
        out -> {
          orders.result(result, now, out);
          process(now, out);
        });
  }

  /** A bar ended at this market time; matters where bars are the clock. */
  public List<EaAction> market(Instant end, long now) {
    return after(
        out -> {
          clock.bar(end);
          if (desk.isBusy() && !standing.isWaiting()) {
            desk.tick(now, out);
          }
        });
  }

  /** The terminal has seen a bar end, where it feeds bars (B1); in their wire form. */
  public List<EaAction> bar(String json) {
    return after(
        out -> {
          if (!files) {
            standing.outbox.add(EaDocument.Stream.BARS, json, 0);
            session.sendDocuments(out);
          }
        });
  }

  /** Time passed. */
  public List<EaAction> tick(long now) {
    return after(out -> tick(now, out));
  }

  private void tick(long now, Actions out) {
    desk.tick(now, out);
    if (!files) {
      session.tick(now, out);
    }
    process(now, out);
  }

  /** Does all that can be done with what is here; frames wait while an order is out (C9). */
  private void process(long now, Actions out) {
    boolean more = true;
    while (more && !hearing.isStopped() && !standing.isWaiting()) {
      more = hearing.goOn(now, out) || session.readNext(now, out);
    }
    session.sendDocuments(out);
  }

  /** An operator says what is held (R3). */
  public List<EaAction> adopt(String why, Pair pair, Symbol symbol, double lots) {
    return after(out -> desk.adopt(why, pair, symbol, lots, out));
  }

  /** It ends: how far was read is noted (J4). */
  public List<EaAction> end() {
    return after(hearing::note);
  }

  /**
   * What the broker holds by symbol (R2). Ignored while a signal is being obeyed: nobody could say
   * which of its deals are in these figures.
   */
  public void broker(Map<Symbol, Double> lots) {
    if (!begun || !desk.isBusy()) {
      standing.book.broker(lots);
    }
  }

  /** An instrument's prices. */
  public void quote(EaQuote quote) {
    rules.quotes().set(quote);
  }

  /** The account's equity, in its currency. */
  public void equity(double equity) {
    rules.equity(equity);
  }

  /** Whether it is subscribed and has read what it missed. */
  public boolean isListening() {
    return hearing.isListening();
  }

  /** Whether it trades no more. */
  public boolean isStopped() {
    return hearing.isStopped();
  }

  /** Whether a deal is on record; a terminal waiting for an order's deals waits for others. */
  public boolean isBooked(long ticket) {
    return standing.isBooked(ticket);
  }

  /** What was heard so far. */
  public EaCounts counts() {
    return hearing.counts();
  }

  /** Where it stands. */
  public EaProgress progress() {
    return new EaProgress(
        standing.last().seq(),
        standing.outbox.fillsMade(),
        standing.outbox.fillsWaiting(),
        standing.outbox.barsDropped());
  }
}

package io.mlassets.ea;

import io.mlassets.ea.Lines.Asked;
import io.mlassets.ea.RespReader.NotRespException;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
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
  private static final int PAGE = 100;
  private static final int LOOK_BACK = 512;
  private static final int MOST_UNDER_WAY = 200;
  private static final int MOST_FILED = 128;
  private static final long SECOND = 1_000;
  private static final long AWAIT_BEAT = 3_000;
  private static final int BEHIND = 3;

  private enum Stage {
    DOWN,
    LOGGING_IN,
    LOOKING_BACK,
    AWAITING_BEAT,
    LISTENING
  }

  private final EaConfig config;
  private final Standing standing = new Standing();
  private final JournalReader journal = new JournalReader(standing);
  private final MarketTime clock;
  private final EntryRules rules;
  private final Answers answers;
  private final Orders orders;
  private final Desk desk;
  private final Seal seal;
  private final Lines lines;
  private final SignalLog log;
  private final List<String> channels;
  private EaCounts counts = EaCounts.NONE;
  private Stage stage = Stage.DOWN;
  private int subscribed;
  private long secondAt;
  private long awaitUntil;
  private long pingAt = -1;
  private boolean replaying;
  private boolean again;
  private long noted;
  private long beatEpoch;
  private Instant beatAt = Instant.EPOCH;
  private int behind;
  private boolean begun;
  private boolean listening;
  private boolean stopped;

  /** Makes a machine without a past. */
  public EaMachine(EaConfig config) {
    this.config = config;
    this.clock = new MarketTime(config.clock());
    this.rules = new EntryRules(config, clock, standing.book);
    this.answers = new Answers(config, clock, standing);
    this.orders = new Orders(config, clock, standing, rules, answers);
    this.desk = new Desk(config, standing, rules, answers, orders);
    this.seal = new Seal(config.key());
    this.lines = new Lines(config.login());
    this.log = new SignalLog(seal, config.mode());
    boolean live = config.mode() == SignalMode.LIVE;
    this.channels =
        live
            ? List.of(config.channels().signals(), config.channels().signalsHeartbeat())
            : List.of(
                config.channels().shadowSignals(), config.channels().shadowSignalsHeartbeat());
  }

  private List<EaAction> after(Consumer<Actions> event) {
    Actions out = new Actions();
    if (!stopped) {
      event.accept(out);
    }
    return out.list();
  }

  /** Loads a line of the journal; what is wrong with it, or empty when it is one (J2, R1). */
  public Optional<String> load(String line) {
    return journal.load(line);
  }

  /** Everything of before was told: go on from there. */
  public List<EaAction> begin(long now) {
    return after(
        out -> {
          begun = true;
          standing.outbox.trim();
          orders.begin(now, out);
          log.begin(standing.takenUp());
          noted = log.last().seq();
          lines.connectFrom(now);
          if (config.files()) {
            answers.writeAgain(out);
            out.write("positions.json", answers.positions(now));
          }
          tick(now, out);
        });
  }

  /** A socket is open. */
  public List<EaAction> connected(EaSocket socket, long now) {
    return after(
        out -> {
          if (lines.isConnecting()) {
            lines.connected(socket, now, out);
            if (socket == EaSocket.SIGNALS) {
              List<String> words = List.of("SUBSCRIBE", channels.get(0), channels.get(1));
              lines.send(socket, words, out);
            }
            stage = Stage.LOGGING_IN;
            lookBack(out);
          }
        });
  }

  /** A socket could not be opened, or is broken. */
  public List<EaAction> lost(EaSocket socket, long now) {
    return after(
        out -> {
          if (lines.isOpen(socket) || lines.isConnecting()) {
            lose(now, out);
          }
        });
  }

  /** Bytes came. */
  public List<EaAction> received(EaSocket socket, byte[] bytes, long now) {
    return after(
        out -> {
          if (!lines.isOpen(socket)) {
            return;
          }
          if (lines.received(socket, bytes, now)) {
            process(now, out);
          } else {
            lose(now, out);
          }
        });
  }

  /** A file of signals is new or has changed (F1). */
  public List<EaAction> file(String name, String text, long now) {
    return after(
        out -> {
          if (config.files() && name.startsWith("heartbeat")) {
            beat(text, now, out);
            process(now, out);
          } else if (config.files()) {
            EaSignal.read(text, seal, config.mode())
                .ifPresentOrElse(
                    signal -> filed(signal, now, out), () -> counts = counts.oneMalformed());
          }
        });
  }

  private void filed(EaSignal signal, long now, Actions out) {
    if (signal.epoch() < beatEpoch) {
      counts = counts.oneStale();
      return;
    }
    PairBook book = standing.book.find(signal.pair());
    boolean known =
        (book != null && signal.seq() <= book.lastSeq)
            || (desk.isBusy() && signal.seq() == standing.takenUp().seq())
            || log.has(signal.seq());
    if (!known && signal.action() != Action.HOLD && log.waiting() < MOST_FILED) {
      log.filed(signal);
      process(now, out);
    }
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
          if (!config.files()) {
            standing.outbox.add(EaDocument.Stream.BARS, json, 0);
            sendDocuments(out);
          }
        });
  }

  /** Time passed. */
  public List<EaAction> tick(long now) {
    return after(out -> tick(now, out));
  }

  /** An operator says what is held. */
  public List<EaAction> adopt(String why, Pair pair, Symbol symbol, double lots) {
    return after(out -> desk.adopt(why, pair, symbol, lots, out));
  }

  /** It ends: how far was read is noted. */
  public List<EaAction> end() {
    return after(this::note);
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

  private void stop(String why, Actions out) {
    lines.closeForGood(out);
    log.clear();
    stopped = true;
    listening = false;
    out.add(new EaAction.Stop(why));
  }

  private void lose(long now, Actions out) {
    lines.lose(now, out);
    stage = Stage.DOWN;
    subscribed = 0;
    pingAt = -1;
    replaying = false;
    again = false;
    listening = false;
    log.doubt();
    standing.outbox.doubt();
  }

  /** C3: both sockets are logged in and the subscription stands. */
  private void lookBack(Actions out) {
    if (stage != Stage.LOGGING_IN || subscribed < channels.size() || !lines.isReady()) {
      return;
    }
    stage = Stage.LOOKING_BACK;
    String most = Integer.toString(LOOK_BACK);
    for (Asked what : List.of(Asked.FOUND_FILLS, Asked.FOUND_ACKS)) {
      String stream = streamOf(what).name(config.channels());
      lines.ask(what, List.of("XREVRANGE", stream, "+", "-", "COUNT", most), out);
    }
  }

  private static EaDocument.Stream streamOf(Asked what) {
    return what == Asked.FOUND_FILLS ? EaDocument.Stream.FILLS : EaDocument.Stream.ACKS;
  }

  private void awaitBeat(long now, Actions out) {
    standing.outbox.add(EaDocument.Stream.POSITIONS, answers.positions(now), 0);
    stage = Stage.AWAITING_BEAT;
    awaitUntil = now + AWAIT_BEAT;
    secondAt = now + SECOND;
    if (clock.isBars()) {
      listen(out);
    }
  }

  private void listen(Actions out) {
    stage = Stage.LISTENING;
    replay(out);
  }

  /** C5, C6: asks the log for more. */
  private void replay(Actions out) {
    if (stage != Stage.LISTENING || replaying || desk.isBusy() || log.waiting() > 0) {
      again = true;
      return;
    }
    again = false;
    replaying = true;
    String from = log.readFrom() + "-0";
    String most = Integer.toString(PAGE);
    lines.ask(
        Asked.REPLAY,
        List.of("XRANGE", channels.getFirst() + ".log", from, "+", "COUNT", most),
        out);
  }

  /** S2, S3: a signal that was pushed. */
  private void pushed(String text, Actions out) {
    Optional<EaSignal> read = EaSignal.read(text, seal, config.mode());
    if (read.isEmpty()) {
      counts = counts.oneMalformed();
      return;
    }
    EaSignal signal = read.get();
    if (signal.seq() <= log.last().seq()) {
      if (log.last().isOther(signal)) {
        stop("other signals than the journal's", out);
      }
      counts = counts.oneDuplicate();
      return;
    }
    if (signal.epoch() < beatEpoch) {
      counts = counts.oneStale();
    }
    boolean free =
        stage == Stage.LISTENING && log.isOurs() && !desk.isBusy() && log.waiting() == 0;
    if (free && log.isNext(signal, beatEpoch)) {
      log.pushed(signal);
    } else {
      replay(out);
    }
  }

  /** H1 to H4. */
  private void beat(String text, long now, Actions out) {
    Optional<EaHeartbeat> read = EaHeartbeat.read(text, seal, config.mode());
    if (read.isEmpty()) {
      counts = counts.oneMalformed();
      return;
    }
    EaHeartbeat beat = read.get();
    if (beat.epoch() < beatEpoch || (beat.epoch() == beatEpoch && !beat.at().isAfter(beatAt))) {
      counts = counts.oneStale();
      return;
    }
    beatEpoch = beat.epoch();
    beatAt = beat.at();
    clock.beat(beat.market(), now);
    rules.state(beat.state());
    behind = beat.tip() < log.last().seq() && !config.files() ? behind + 1 : 0;
    if (behind >= BEHIND) {
      stop("numbers went back", out);
      return;
    }
    if (stage == Stage.AWAITING_BEAT) {
      listen(out);
    } else if (beat.tip() > log.last().seq()) {
      replay(out);
    }
    if (desk.isBusy()) {
      desk.tick(now, out);
    }
  }

  /** A reply on the subscription. */
  private void onSignals(RespReply reply, long now, Actions out) {
    if (lines.loggedIn(EaSocket.SIGNALS)) {
      if (!(reply instanceof RespReply.Status)) {
        lose(now, out);
      }
      return;
    }
    List<String> words =
        reply instanceof RespReply.Many many
            ? many.items().stream().map(RespReply::text).toList()
            : List.of();
    String what = words.isEmpty() ? "" : words.getFirst();
    int channel = words.size() == 3 ? channels.indexOf(words.get(1)) : -1;
    if (what.equals("subscribe") && subscribed < channels.size() && channel == subscribed) {
      subscribed++;
      lookBack(out);
    } else if (what.equals("pong") && words.size() == 2 && pingAt >= 0) {
      clock.trip(now - pingAt);
      pingAt = -1;
    } else if (what.equals("message") && channel == 1) {
      beat(words.get(2), now, out);
    } else if (what.equals("message") && channel == 0) {
      pushed(words.get(2), out);
    } else {
      lose(now, out);
    }
  }

  /** A reply on {@code commands}. */
  private void onCommands(RespReply reply, long now, Actions out) {
    Optional<Asked> asked = lines.answered();
    if (asked.isEmpty() || !fits(asked.get(), reply)) {
      lose(now, out);
      return;
    }
    switch (asked.get()) {
      case LOGIN -> {
        lines.loggedIn(EaSocket.COMMANDS);
        lookBack(out);
      }
      case DOCUMENT -> standing.outbox.arrived();
      case FOUND_FILLS, FOUND_ACKS -> {
        for (StreamPage.Entry entry : StreamPage.of(reply)) {
          standing.outbox.found(streamOf(asked.get()), entry.json());
        }
        if (asked.get() == Asked.FOUND_ACKS) {
          awaitBeat(now, out);
        }
      }
      case REPLAY -> page(StreamPage.of(reply), out);
    }
  }

  /** C8: whether a reply is of the kind asked for, and no longer. */
  private static boolean fits(Asked asked, RespReply reply) {
    return switch (asked) {
      case LOGIN -> reply instanceof RespReply.Status;
      case DOCUMENT -> reply instanceof RespReply.Bulk;
      case FOUND_FILLS, FOUND_ACKS ->
          reply instanceof RespReply.Many many && many.items().size() <= LOOK_BACK;
      case REPLAY -> reply instanceof RespReply.Many many && many.items().size() <= PAGE;
    };
  }

  private void page(List<StreamPage.Entry> entries, Actions out) {
    for (StreamPage.Entry entry : entries) {
      switch (log.entry(entry.id(), entry.json())) {
        case READ -> {}
        case UNREADABLE -> counts = counts.oneMalformed();
        case OF_ANOTHER_HISTORY -> {
          stop("other signals than the journal's", out);
          return;
        }
      }
    }
    log.pageRead();
    replaying = false;
    again = again || entries.size() >= PAGE;
    listening = listening || (log.isOurs() && !again);
  }

  private void judgeNext(long now, Actions out) {
    SignalLog.Taken taken = log.next();
    EaSignal signal = taken.signal();
    if (signal == null) {
      standing.settle(new LastSignal(taken.seq(), "", standing.last().epoch()));
      return;
    }
    counts = counts.oneReceived();
    if (signal.action() != Action.HOLD) {
      noted = signal.seq();
    }
    desk.judge(signal, log.supersedes(signal), now, out);
  }

  /** Does all that can be done with what is here. */
  private void process(long now, Actions out) {
    boolean more = true;
    while (more && !stopped && !standing.isWaiting()) {
      if (!desk.isBusy() && log.waiting() > 0) {
        judgeNext(now, out);
      } else if (again && stage == Stage.LISTENING && !replaying && !desk.isBusy()) {
        replay(out);
      } else {
        more = readNext(now, out);
      }
    }
    sendDocuments(out);
  }

  private boolean readNext(long now, Actions out) {
    try {
      Optional<Lines.Heard> heard = lines.next();
      if (heard.isEmpty()) {
        return false;
      }
      RespReply reply = heard.get().reply();
      if (heard.get().socket() == EaSocket.SIGNALS) {
        onSignals(reply, now, out);
      } else {
        onCommands(reply, now, out);
      }
    } catch (NotRespException e) {
      lose(now, out); // C8: what it was does not matter, the connection is not to be trusted.
    }
    return true;
  }

  /** C4: another history's dispatcher must not take our answers for its own signals'. */
  private void sendDocuments(Actions out) {
    if (stopped || stage.compareTo(Stage.AWAITING_BEAT) < 0) {
      return;
    }
    int most = MOST_UNDER_WAY - lines.outstanding();
    for (EaDocument one : standing.outbox.take(most, log.isOurs())) {
      String stream = one.stream.name(config.channels());
      lines.ask(Asked.DOCUMENT, List.of("XADD", stream, "*", "json", one.text), out);
    }
  }

  private void tick(long now, Actions out) {
    desk.tick(now, out);
    if (!config.files()) {
      tickConnections(now, out);
    }
    process(now, out);
  }

  private void tickConnections(long now, Actions out) {
    boolean in = stage.compareTo(Stage.AWAITING_BEAT) >= 0;
    if (lines.areDown()) {
      lines.connect(now, out);
    } else if (lines.areSilent(now, in)) {
      lose(now, out);
    } else {
      if (stage == Stage.AWAITING_BEAT && now >= awaitUntil) {
        listen(out);
      }
      if (in && now >= secondAt) {
        everySecond(now, out);
      }
    }
  }

  /** C7. */
  private void everySecond(long now, Actions out) {
    secondAt = now + SECOND;
    if (pingAt < 0) {
      pingAt = now;
      lines.send(EaSocket.SIGNALS, List.of("PING"), out);
    }
    if (stage == Stage.LISTENING && !replaying) {
      replay(out);
    }
    note(out);
  }

  /** J4. */
  private void note(Actions out) {
    if (standing.last().seq() > noted && !desk.isBusy()) {
      noted = standing.last().seq();
      out.note(JournalLines.progress(standing.last()));
    }
  }

  /** Whether it is subscribed and has read what it missed. */
  public boolean isListening() {
    return listening;
  }

  /** Whether it trades no more. */
  public boolean isStopped() {
    return stopped;
  }

  /** Whether a deal is on record; a terminal waiting for an order's deals waits for others. */
  public boolean isBooked(long ticket) {
    return standing.isBooked(ticket);
  }

  /** What was heard so far. */
  public EaCounts counts() {
    return counts;
  }

  /** Where it stands. */
  public EaProgress progress() {
    return new EaProgress(
        standing.last().seq(), standing.outbox.fillsMade(), standing.outbox.fillsWaiting());
  }

}

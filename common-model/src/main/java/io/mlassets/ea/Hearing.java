package io.mlassets.ea;

import io.mlassets.channel.Heartbeat;
import io.mlassets.ea.Lines.Asked;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalSeal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes up signals, once and in order, and heartbeats: those pushed, those of the log, those of
 * files (C5, C6, S, H, F1, J4).
 */
final class Hearing {
  private static final int PAGE = 100;
  private static final int MOST_FILED = 128;
  private static final long AWAIT_BEAT = 3_000;
  private static final int BEHIND = 3;

  private enum Stage {
    DEAF,
    AWAITING_BEAT,
    READING
  }

  private final EaConfig config;
  private final Channel channel;
  private final Standing standing;
  private final MarketTime clock;
  private final EntryRules rules;
  private final Desk desk;
  private final Lines lines;
  private final SignalSeal seal;
  private final SignalLog log;
  private EaCounts counts = EaCounts.NONE;
  private Stage stage = Stage.DEAF;
  private long awaitUntil;
  private boolean replaying;
  private boolean again;
  private long noted;
  private long beatEpoch;
  private boolean newEpoch;
  private Instant beatAt = Instant.EPOCH;
  private int behind;
  private boolean listening;
  private boolean stopped;

  Hearing(
      EaConfig config,
      Standing standing,
      MarketTime clock,
      EntryRules rules,
      Desk desk,
      Lines lines) {
    this.config = config;
    this.channel = Channel.of(config);
    this.standing = standing;
    this.clock = clock;
    this.rules = rules;
    this.desk = desk;
    this.lines = lines;
    this.seal = new SignalSeal(config.key());
    this.log = new SignalLog(seal, config.mode());
  }

  /** R1: goes on where the journal ends. */
  void begin() {
    log.begin(standing.takenUp());
    noted = log.last().seq();
  }

  /** The connection is gone. */
  void deafen() {
    stage = Stage.DEAF;
    replaying = false;
    again = false;
    listening = false;
    newEpoch = false;
    log.doubt();
  }

  /** C5: the connection stands; the log is read after a heartbeat. */
  void await(long now, Actions out) {
    stage = Stage.AWAITING_BEAT;
    awaitUntil = now + AWAIT_BEAT;
    if (clock.isBars()) {
      listen(out);
    }
  }

  /** C5: a heartbeat is not waited for any longer than that. */
  void tick(long now, Actions out) {
    if (stage == Stage.AWAITING_BEAT && now >= awaitUntil) {
      listen(out);
    }
  }

  private void listen(Actions out) {
    stage = Stage.READING;
    replay(out);
  }

  private void stop(String why, Actions out) {
    lines.closeForGood(out);
    deafen();
    log.clear();
    stopped = true;
    out.add(new EaAction.Stop(why));
  }

  /** C5, C6: asks the log for more. */
  private void replay(Actions out) {
    if (!mayAsk() || log.waiting() > 0) {
      again = true;
      return;
    }
    again = false;
    replaying = true;
    String from = log.readFrom() + "-0";
    String most = Integer.toString(PAGE);
    lines.ask(Asked.REPLAY, List.of("XRANGE", channel.log(), from, "+", "COUNT", most), out);
  }

  private boolean mayAsk() {
    return stage == Stage.READING && !replaying && !desk.isBusy();
  }

  /** C7. */
  void everySecond(Actions out) {
    if (stage == Stage.READING && !replaying) {
      replay(out);
    }
    note(out);
  }

  /** J4. */
  void note(Actions out) {
    if (standing.last().seq() > noted && !desk.isBusy()) {
      noted = standing.last().seq();
      out.note(JournalLines.progress(standing.last()));
    }
  }

  /** S2, S3: a signal that was pushed. */
  void pushed(String text, Actions out) {
    Optional<EaSignal> read = EaSignal.read(text, seal, config.mode());
    if (read.isEmpty()) {
      counts = counts.oneMalformed();
      return;
    }
    EaSignal signal = read.get();
    if (signal.seq() <= log.last().seq()) {
      counts = counts.oneDuplicate();
      if (log.last().isOther(signal)) {
        stop("other signals than the journal's", out);
      }
      return;
    }
    if (signal.epoch() < beatEpoch) {
      counts = counts.oneStale();
    }
    boolean free = stage == Stage.READING && log.isOurs() && !desk.isBusy() && log.waiting() == 0;
    if (free && log.isNext(signal, beatEpoch)) {
      log.pushed(signal);
    } else {
      replay(out);
    }
  }

  /** H1 to H5. */
  void beat(String text, long now, Actions out) {
    Optional<Heartbeat> read = HeartbeatReader.read(text, seal, config.mode());
    if (read.isEmpty()) {
      counts = counts.oneMalformed();
      return;
    }
    Heartbeat beat = read.get();
    if (beat.epoch() < beatEpoch || (beat.epoch() == beatEpoch && !beat.at().isAfter(beatAt))) {
      counts = counts.oneStale();
      return;
    }
    newEpoch |= stage == Stage.READING && beatEpoch > 0 && beat.epoch() > beatEpoch;
    beatEpoch = beat.epoch();
    beatAt = beat.at();
    clock.beat(beat.marketTime(), now);
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

  /** F1: a signal's file. */
  void file(String text) {
    Optional<EaSignal> read = EaSignal.read(text, seal, config.mode());
    if (read.isEmpty()) {
      counts = counts.oneMalformed();
    } else if (read.get().epoch() < beatEpoch) {
      counts = counts.oneStale();
    } else if (isNew(read.get()) && log.waiting() < MOST_FILED) {
      log.filed(read.get());
    }
  }

  private boolean isNew(EaSignal signal) {
    PairBook book = standing.book.find(signal.pair());
    boolean answered = book != null && signal.seq() <= book.lastSeq;
    boolean beingObeyed = desk.isBusy() && signal.seq() == standing.takenUp().seq();
    return signal.action() != Action.HOLD && !answered && !beingObeyed && !log.has(signal.seq());
  }

  /** Whether a page of the log is no longer than was asked for (C8). */
  static boolean isPage(List<RespReply> entries) {
    return entries.size() <= PAGE;
  }

  /** S4 to S6: a page of the log; nothing after an entry of another history is read. */
  void page(List<StreamPage.Entry> entries, Actions out) {
    for (StreamPage.Entry entry : entries) {
      SignalLog.Entry read = log.entry(entry.id(), entry.json());
      if (read == SignalLog.Entry.UNREADABLE) {
        counts = counts.oneMalformed();
      } else if (read == SignalLog.Entry.OF_ANOTHER_HISTORY) {
        stop("other signals than the journal's", out);
        return;
      }
    }
    log.pageRead();
    replaying = false;
    again = again || entries.size() >= PAGE;
    listening = listening || (log.isOurs() && !again);
  }

  /** Does the next thing that needs no bytes; false when there is none. */
  boolean goOn(long now, Actions out) {
    if (!desk.isBusy() && log.waiting() > 0) {
      judgeNext(now, out);
      return true;
    }
    if (again && mayAsk()) {
      replay(out);
      return true;
    }
    return false;
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

  /** H5: whether the dispatcher's epoch rose since this was asked last. */
  boolean takeNewEpoch() {
    boolean taken = newEpoch && !stopped;
    newEpoch = false;
    return taken;
  }

  /** Whether those who read our answers publish the journal's signals (C4). */
  boolean knowsWhoListens() {
    return log.isOurs();
  }

  boolean isListening() {
    return listening;
  }

  boolean isStopped() {
    return stopped;
  }

  EaCounts counts() {
    return counts;
  }
}

package io.mlassets.suite.ea;

import io.mlassets.channel.Channels;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.platform.RedisSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A paper Expert Advisor on one thread with two connections of its own. It subscribes first, then
 * replays what it missed from the log of signals, obeys each number once and in order, closes gaps
 * from the log, and sends its fills to stream {@code fills}. A broken connection is made anew the
 * same way. Its journal lets it go on where it was when it is killed; where the journal cannot be
 * trusted, it trades no more.
 */
public final class PaperEa implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PaperEa.class);
  private static final int LISTEN_MILLIS = 100;
  private static final int CALL_MILLIS = 2_000;
  private static final long PING_NANOS = 1_000_000_000L;
  private static final long SILENCE_NANOS = 5_000_000_000L;

  private final RedisSettings redis;
  private final PaperAccount account;
  private final PaperMarket market;
  private final PaperDesk desk;
  private final EaJournal journal;
  private final BarFeed bars;
  private final FillPost fills;
  private final String signals;
  private final String signalsLog;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong lastSeq = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final Thread thread;
  private @Nullable String lastId;
  private long noted;
  private volatile boolean listening;
  private volatile boolean closed;

  /**
   * Makes an Expert Advisor that goes on where its journal ends; {@link #start} starts it.
   *
   * @param journalFile its journal, made when missing
   * @throws IllegalStateException when another one has the journal, or it is damaged
   */
  public PaperEa(
      RedisSettings redis,
      Channels channels,
      InstrumentCatalogue instruments,
      PaperAccount account,
      Path journalFile) {
    this.redis = redis;
    this.account = account;
    this.market = new PaperMarket(instruments, account);
    this.desk = new PaperDesk(account, market);
    boolean shadow = account.isShadow();
    this.signals = shadow ? channels.shadowSignals() : channels.signals();
    this.signalsLog = shadow ? channels.shadowSignalsLog() : channels.signalsLog();
    this.bars = new BarFeed(channels.bars(), market);
    this.fills = new FillPost(channels.fills());
    this.journal = EaJournal.open(journalFile);
    for (JournalEntry entry : journal.entries()) {
      settle(entry);
    }
    this.noted = lastSeq.get();
    this.thread = new Thread(this::tradeUntilClosed, "paper-ea-" + account.name());
    this.thread.setDaemon(true);
  }

  /** Starts its thread. */
  public PaperEa start() {
    thread.start();
    return this;
  }

  private void settle(JournalEntry entry) {
    desk.book(entry.deals());
    fills.add(entry.deals());
    lastId = entry.signalId();
    lastSeq.set(entry.seq());
  }

  private void tradeUntilClosed() {
    while (!closed) {
      try (RespClient subscription = new RespClient(redis, CALL_MILLIS);
          RespClient commands = new RespClient(redis, CALL_MILLIS)) {
        trade(subscription, commands);
      } catch (IOException e) {
        listening = false;
        if (!closed) {
          log.warn("{}: connection lost ({}), again", account.name(), e.toString());
          pause();
        }
      } catch (IllegalStateException | UncheckedIOException e) {
        listening = false;
        log.error("{} trades no more", account.name(), e);
        return;
      } catch (RuntimeException e) {
        listening = false;
        log.error("{}: a signal could not be obeyed", account.name(), e);
        pause();
      }
    }
    noteProgress();
  }

  private void trade(RespClient subscription, RespClient commands) throws IOException {
    subscription.call("SUBSCRIBE", signals);
    bars.begin(commands, desk.symbolsHeld());
    requireOurLog(commands);
    fills.lookBack(commands);
    replay(commands);
    listening = true;
    long quietSince = System.nanoTime();
    long pinged = quietSince;
    while (!closed) {
      fills.flush(commands);
      Object push = subscription.poll(LISTEN_MILLIS);
      bars.hear(commands);
      long now = System.nanoTime();
      if (push != null) {
        quietSince = now;
        take(push, commands);
      } else if (now - quietSince > SILENCE_NANOS) {
        throw new IOException("subscription is silent");
      } else if (now - pinged > PING_NANOS) {
        pinged = now;
        subscription.send("PING");
        // What was published while nobody could hear it is in the log.
        replay(commands);
        noteProgress();
      }
    }
  }

  private void take(Object push, RespClient commands) throws IOException {
    if (!(push instanceof List<?> parts
        && parts.size() == 3
        && "message".equals(parts.get(0))
        && parts.get(2) instanceof String text)) {
      return;
    }
    EaSignal signal = parsed(text);
    if (signal == null) {
      return;
    }
    if (signal.seq() > lastSeq.get() + 1) {
      replay(commands);
    }
    obey(signal, commands);
  }

  /** Numbers mean nothing in another history of signals: another database's, for instance. */
  private void requireOurLog(RespClient commands) throws IOException {
    String last = lastSeq.get() + "-0";
    Object found = commands.call("XRANGE", signalsLog, last, last);
    for (Object entry : found instanceof List<?> list ? list : List.of()) {
      EaSignal signal = parsed(payload((List<?>) entry));
      if (signal != null) {
        requireOurs(signal);
      }
    }
  }

  private void requireOurs(EaSignal signal) {
    if (signal.seq() == lastSeq.get() && lastId != null && !lastId.equals(signal.id())) {
      throw new IllegalStateException(
          "signal %d is %s, but the journal has %s under that number: these are other signals than the journal's"
              .formatted(signal.seq(), signal.id(), lastId));
    }
  }

  /** Obeys what the log has after the last number obeyed; what is no signal is passed over. */
  private void replay(RespClient commands) throws IOException {
    boolean more = true;
    while (more) {
      Object found =
          commands.call("XRANGE", signalsLog, (lastSeq.get() + 1) + "-0", "+", "COUNT", "500");
      List<?> entries = found instanceof List<?> list ? list : List.of();
      for (Object entry : entries) {
        List<?> parts = (List<?>) entry;
        EaSignal signal = parsed(payload(parts));
        if (signal == null) {
          String id = String.valueOf(parts.get(0));
          lastSeq.set(Long.parseLong(id.substring(0, id.indexOf('-'))));
          lastId = null;
        } else {
          obey(signal, commands);
        }
      }
      more = entries.size() == 500;
    }
  }

  private static String payload(List<?> entry) {
    return String.valueOf(((List<?>) entry.get(1)).get(1));
  }

  private @Nullable EaSignal parsed(String text) {
    try {
      return EaSignal.parse(text);
    } catch (RuntimeException e) {
      malformed.incrementAndGet();
      log.warn("{}: not a signal ({}): {}", account.name(), e.toString(), text);
      return null;
    }
  }

  private void obey(EaSignal signal, RespClient commands) throws IOException {
    if (signal.seq() <= lastSeq.get()) {
      requireOurs(signal);
      return;
    }
    if (signal.isOrder()) {
      JournalEntry entry = desk.answer(signal);
      journal.append(entry);
      settle(entry);
      noted = entry.seq();
    } else {
      lastId = signal.id();
      lastSeq.set(signal.seq());
    }
    received.incrementAndGet();
    fills.flush(commands);
  }

  /** Spares a restart the signals since the last order; heard again they would lead to nothing. */
  private void noteProgress() {
    if (noted < lastSeq.get()) {
      journal.note(JournalEntry.readUpTo(lastSeq.get(), lastId));
      noted = lastSeq.get();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it is subscribed and has replayed what it missed. */
  public boolean listening() {
    return listening;
  }

  /** Different signals received since it started. */
  public long received() {
    return received.get();
  }

  /** Number of the last signal obeyed. */
  public long lastSeq() {
    return lastSeq.get();
  }

  /** Deals and refusals of its journal; all of a signal's once {@link #lastSeq} has its number. */
  public long fillsMade() {
    return fills.made();
  }

  /** Those of them that are in stream {@code fills}. */
  public long fillsSent() {
    return fills.sent();
  }

  /** Messages that were no signals. */
  public long malformed() {
    return malformed.get();
  }

  /** Bars it could not read. */
  public long barsIgnored() {
    return market.ignored();
  }

  /**
   * Ends its thread and closes its journal.
   *
   * @throws IOException when the journal cannot be closed
   */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join(2L * CALL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
  }
}

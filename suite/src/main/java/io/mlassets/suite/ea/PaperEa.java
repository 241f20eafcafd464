package io.mlassets.suite.ea;

import io.mlassets.channel.Channels;
import io.mlassets.market.InstrumentCatalogue;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A paper Expert Advisor on one thread with two connections of its own. It subscribes first, then
 * replays what it missed from the log of signals, obeys each number once and in order, closes gaps
 * from the log, and sends its fills to stream {@code fills}. A broken connection is made anew the
 * same way.
 */
public final class PaperEa implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PaperEa.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LISTEN_MILLIS = 100;
  private static final int CALL_MILLIS = 2_000;
  private static final long PING_NANOS = 1_000_000_000L;
  private static final long SILENCE_NANOS = 5_000_000_000L;

  private final String host;
  private final int port;
  private final PaperAccount account;
  private final PaperMarket market;
  private final PaperDesk desk;
  private final String signals;
  private final String signalsLog;
  private final String bars;
  private final String fills;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong fillsSent = new AtomicLong();
  private final AtomicLong lastSeq = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final Deque<String> unsentFills = new ArrayDeque<>();
  private final Thread thread;
  private String lastBar = "$";
  private volatile boolean listening;
  private volatile boolean closed;

  /**
   * Makes an Expert Advisor; {@link #start} starts it.
   *
   * @param afterSeq signals up to this number were obeyed before
   */
  public PaperEa(
      String host,
      int port,
      Channels channels,
      InstrumentCatalogue instruments,
      PaperAccount account,
      long afterSeq) {
    this.host = host;
    this.port = port;
    this.account = account;
    this.market = new PaperMarket(instruments, account);
    this.desk = new PaperDesk(account, market);
    boolean shadow = account.isShadow();
    this.signals = shadow ? channels.shadowSignals() : channels.signals();
    this.signalsLog = shadow ? channels.shadowSignalsLog() : channels.signalsLog();
    this.bars = channels.bars();
    this.fills = channels.fills();
    this.lastSeq.set(afterSeq);
    this.thread = new Thread(this::tradeUntilClosed, "paper-ea-" + account.name());
    this.thread.setDaemon(true);
  }

  /** Starts its thread. */
  public PaperEa start() {
    thread.start();
    return this;
  }

  private void tradeUntilClosed() {
    while (!closed) {
      try (RespClient subscription = new RespClient(host, port, CALL_MILLIS);
          RespClient commands = new RespClient(host, port, CALL_MILLIS)) {
        trade(subscription, commands);
      } catch (IOException e) {
        listening = false;
        if (!closed) {
          log.warn("{}: connection lost ({}), again", account.name(), e.toString());
          pause();
        }
      } catch (RuntimeException e) {
        listening = false;
        log.error("{}: a signal could not be obeyed", account.name(), e);
        pause();
      }
    }
  }

  private void trade(RespClient subscription, RespClient commands) throws IOException {
    subscription.call("SUBSCRIBE", signals);
    if (lastBar.equals("$")) {
      lastBar = newestId(commands);
    }
    replay(commands);
    listening = true;
    long quietSince = System.nanoTime();
    long pinged = quietSince;
    while (!closed) {
      flushFills(commands);
      Object push = subscription.poll(LISTEN_MILLIS);
      hearBars(commands);
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
      }
    }
  }

  private String newestId(RespClient commands) throws IOException {
    // Prices of the newest bars are wanted at once, so the last few are read again.
    Object last = commands.call("XREVRANGE", bars, "+", "-", "COUNT", "500");
    if (last instanceof List<?> entries && !entries.isEmpty()) {
      for (int i = entries.size() - 1; i >= 0; i--) {
        hear(entries.get(i));
      }
      return lastBar.equals("$") ? "0-0" : lastBar;
    }
    return "0-0";
  }

  private void hearBars(RespClient commands) throws IOException {
    Object found = commands.call("XREAD", "COUNT", "1000", "STREAMS", bars, lastBar);
    if (found instanceof List<?> streams && !streams.isEmpty()) {
      for (Object entry : (List<?>) ((List<?>) streams.getFirst()).get(1)) {
        hear(entry);
      }
    }
  }

  private void hear(@Nullable Object entry) {
    if (entry instanceof List<?> parts
        && parts.get(0) instanceof String id
        && parts.get(1) instanceof List<?> fields) {
      lastBar = id;
      if (fields.size() > 1 && fields.get(1) instanceof String bar) {
        market.heard(bar);
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

  /** Obeys what the log has after the last number obeyed; what is no signal is passed over. */
  private void replay(RespClient commands) throws IOException {
    boolean more = true;
    while (more) {
      Object found =
          commands.call("XRANGE", signalsLog, (lastSeq.get() + 1) + "-0", "+", "COUNT", "500");
      List<?> entries = found instanceof List<?> list ? list : List.of();
      for (Object entry : entries) {
        List<?> parts = (List<?>) entry;
        EaSignal signal = parsed(String.valueOf(((List<?>) parts.get(1)).get(1)));
        if (signal == null) {
          String id = String.valueOf(parts.get(0));
          lastSeq.set(Long.parseLong(id.substring(0, id.indexOf('-'))));
        } else {
          obey(signal, commands);
        }
      }
      more = entries.size() == 500;
    }
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
      return;
    }
    for (PaperDesk.Deal deal : desk.obey(signal)) {
      unsentFills.add(JSON.writeValueAsString(deal));
    }
    lastSeq.set(signal.seq());
    received.incrementAndGet();
    flushFills(commands);
  }

  private void flushFills(RespClient commands) throws IOException {
    while (!unsentFills.isEmpty()) {
      commands.call("XADD", fills, "*", Channels.PAYLOAD, unsentFills.getFirst());
      unsentFills.removeFirst();
      fillsSent.incrementAndGet();
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

  /** Deals and refusals sent since it started. */
  public long fillsSent() {
    return fillsSent.get();
  }

  /** Messages that were no signals. */
  public long malformed() {
    return malformed.get();
  }

  /** Bars it could not read. */
  public long barsIgnored() {
    return market.ignored();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(CALL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.mlassets.dispatcher.outbox;

import io.mlassets.channel.Heartbeat;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.platform.MarketClock;
import io.mlassets.signal.SignalSeal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Tells Expert Advisors each second that this dispatcher leads, how far its signals are, and what
 * may be done. They take no entry without: so it comes from the dispatching thread itself and
 * behind what was sent, and stops when that one does.
 */
@Component
class Heartbeats {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** In a replay market time is unknown before the first bar. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final RedisLog redisLog;
  private final Outbox outbox;
  private final SignalFile signalFile;
  private final TradingStates states;
  private final MarketClock marketClock;
  private final Clock clock;
  private final SignalSeal seal;
  private final DispatchMetrics metrics;
  private final Map<SignalStream, Long> dueAt = new HashMap<>();

  Heartbeats(
      RedisLog redisLog,
      Outbox outbox,
      SignalFile signalFile,
      TradingStates states,
      MarketClock marketClock,
      Clock clock,
      SignalSeal seal,
      DispatchMetrics metrics) {
    this.redisLog = redisLog;
    this.outbox = outbox;
    this.signalFile = signalFile;
    this.states = states;
    this.marketClock = marketClock;
    this.clock = clock;
    this.seal = seal;
    this.metrics = metrics;
  }

  /** Tells, if it is time. Called by whoever holds the lease alone. */
  void beat(SignalStream stream, long epoch) {
    long now = System.nanoTime();
    long due = dueAt.getOrDefault(stream, now);
    if (now - due < 0 || marketClock.now().isBefore(EARLIEST)) {
      return;
    }
    // On the second, unless that was missed.
    dueAt.put(stream, now - due < EVERY_NANOS ? due + EVERY_NANOS : now + EVERY_NANOS);
    Heartbeat heartbeat =
        new Heartbeat(
            stream.mode(),
            tip(stream),
            epoch,
            states.current().state(),
            clock.instant(),
            marketClock.now());
    String text = heartbeat.json(seal);
    redisLog.tell(stream, epoch, text);
    signalFile.write(stream, text);
    metrics.told(stream);
  }

  /** What can be read counts, even if a crash kept its row from being marked. */
  private long tip(SignalStream stream) {
    long readable = redisLog.tip(stream).map(RedisLog.Entry::seq).orElse(0L);
    return Math.max(readable, outbox.progress(stream).sent());
  }
}

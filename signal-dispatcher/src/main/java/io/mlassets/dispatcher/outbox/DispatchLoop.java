package io.mlassets.dispatcher.outbox;

import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.channel.Channels;
import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.dispatcher.alert.Alerts;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.signal.SignalMode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The dispatcher's thread: a round of every stream whenever woken, and every fraction of a second.
 */
@Component
class DispatchLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(DispatchLoop.class);
  private final DispatchSignals dispatch;
  private final Lease lease;
  private final DispatchMetrics metrics;
  private final Alerts alerts;
  private final DispatcherSettings settings;
  private final List<SignalStream> streams;
  private final RedisSubscription wakeUps;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread = new Thread(this::runUntilStopped, "dispatch");
  private volatile boolean running;

  DispatchLoop(
      DispatchSignals dispatch,
      Lease lease,
      DispatchMetrics metrics,
      Alerts alerts,
      DispatcherSettings settings,
      RedisSettings redis,
      Channels channels) {
    this.dispatch = dispatch;
    this.lease = lease;
    this.metrics = metrics;
    this.alerts = alerts;
    this.settings = settings;
    this.streams =
        Stream.of(SignalMode.values())
            .map(mode -> new SignalStream(settings.scope(), mode))
            .toList();
    this.wakeUps =
        new RedisSubscription(redis, (channel, text) -> woken.release(), channels.outboxWakeUp());
  }

  private void runUntilStopped() {
    while (running) {
      boolean more = false;
      for (SignalStream stream : streams) {
        more |= round(stream);
      }
      if (!more) {
        await();
      }
    }
    streams.forEach(this::release);
  }

  private boolean round(SignalStream stream) {
    try {
      boolean more = dispatch.round(stream);
      if (metrics.stalled(stream, false)) {
        log.warn("{}: signals go out again", stream.id());
        alerts.resolve(key(stream), stream.id() + ": signals go out again");
      }
      return more;
    } catch (RuntimeException e) {
      // Nothing is lost: the rows stay as they are and the next round takes them up again.
      dispatch.failed(stream);
      if (e instanceof EpochOverException || RedisLog.isStale(e)) {
        log.info("{}: the epoch was raised in the middle of a round; once more", stream.id());
        return true;
      }
      metrics.roundFailed();
      if (metrics.stalled(stream, true)) {
        log.error("{}: no signal goes out until this is over: {}", stream.id(), e.toString(), e);
        alerts.raise(stalled(stream, e));
      } else {
        log.debug("{}: still none goes out: {}", stream.id(), e.toString());
      }
      return false;
    }
  }

  private static Alert stalled(SignalStream stream, RuntimeException e) {
    return new Alert(
        key(stream),
        Severity.CRITICAL,
        stream.id() + ": no signal goes out",
        Map.of("failure", e.getClass().getSimpleName()));
  }

  private static String key(SignalStream stream) {
    return "dispatch/" + stream.id();
  }

  private void release(SignalStream stream) {
    try {
      lease.release(stream);
    } catch (RuntimeException e) {
      log.warn("{}: lease not released, it runs out by itself: {}", stream.id(), e.toString());
    }
  }

  private void await() {
    try {
      boolean heard = woken.tryAcquire(settings.pollEvery().toMillis(), TimeUnit.MILLISECONDS);
      if (heard) {
        woken.drainPermits();
      }
    } catch (InterruptedException e) {
      running = false;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void start() {
    running = true;
    wakeUps.start();
    thread.start();
  }

  @Override
  public void stop() {
    running = false;
    woken.release();
    wakeUps.close();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

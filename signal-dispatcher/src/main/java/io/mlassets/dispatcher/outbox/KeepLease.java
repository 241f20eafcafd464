package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.DispatcherSettings;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Renews the lease while a round lasts. A long one - a log built anew, a bar of thousands of pairs
 * on a busy machine - would otherwise lose it, and so would the next leader's, for ever. A process
 * that is stopped stops this too; a round that hangs is given {@value #MOST} renewals.
 */
@Component
class KeepLease implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeepLease.class);
  private static final int MOST = 10;

  /** Renewals within a lease's length. */
  static final int RENEWALS = 3;

  private final Lease lease;
  private final long everyNanos;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("dispatch-lease").factory());

  KeepLease(Lease lease, DispatcherSettings settings) {
    this.lease = lease;
    this.everyNanos = settings.lease().toNanos() / RENEWALS;
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Does a round of a stream. */
  boolean during(SignalStream stream, BooleanSupplier round) {
    AtomicInteger left = new AtomicInteger(MOST);
    ScheduledFuture<?> renewals =
        clock.scheduleWithFixedDelay(
            () -> renew(stream, left), everyNanos, everyNanos, TimeUnit.NANOSECONDS);
    try {
      return round.getAsBoolean();
    } finally {
      renewals.cancel(false);
    }
  }

  private void renew(SignalStream stream, AtomicInteger left) {
    if (left.getAndDecrement() <= 0) {
      return;
    }
    try {
      lease.keep(stream);
    } catch (RuntimeException e) {
      log.debug("{}: lease not renewed during a round: {}", stream.id(), e.toString());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}

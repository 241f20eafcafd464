package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.dispatcher.control.TradingStopped;
import io.mlassets.signal.SignalMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Raises the epochs once entries are stopped: a sender that judged its entries, fell asleep and
 * lost its session to the halt would otherwise still append them when it wakes. Whoever leads goes
 * on with the new epoch at its next round.
 */
@Component
class FenceSenders {
  private static final Logger log = LoggerFactory.getLogger(FenceSenders.class);
  private final Lease lease;
  private final RedisLog redisLog;
  private final DispatcherSettings settings;

  FenceSenders(Lease lease, RedisLog redisLog, DispatcherSettings settings) {
    this.lease = lease;
    this.redisLog = redisLog;
    this.settings = settings;
  }

  @EventListener
  void stopped(TradingStopped event) {
    for (SignalMode mode : SignalMode.values()) {
      SignalStream stream = new SignalStream(settings.scope(), mode);
      try {
        lease.bump(stream).ifPresent(epoch -> redisLog.fence(stream, epoch));
      } catch (RuntimeException e) {
        log.warn("{}: epoch not raised at the stop: {}", stream.id(), e.toString());
      }
    }
  }
}

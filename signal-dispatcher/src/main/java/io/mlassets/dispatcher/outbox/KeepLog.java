package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.outbox.Outbox.Progress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the log in Redis what PostgreSQL says it is: what Redis lost is put back without being
 * published again; a log of another history (another database) is set aside.
 */
@Component
class KeepLog {
  private static final Logger log = LoggerFactory.getLogger(KeepLog.class);
  private final Outbox outbox;
  private final RedisLog redisLog;
  private final DispatchMetrics metrics;

  KeepLog(Outbox outbox, RedisLog redisLog, DispatchMetrics metrics) {
    this.outbox = outbox;
    this.redisLog = redisLog;
    this.metrics = metrics;
  }

  /** Makes the log end at the last number sent, at least. */
  void restore(SignalStream stream, long epoch) {
    long tip = redisLog.tip(stream).map(RedisLog.Entry::seq).orElse(0L);
    Progress progress = outbox.progress(stream);
    if (tip > progress.numbered() || (tip < progress.sent() && !isOurs(stream))) {
      setAside(stream, epoch);
      tip = 0;
    }
    if (tip < progress.sent()) {
      rebuild(stream, epoch, tip, progress.sent());
    }
  }

  /** Whether the log ends with the bytes PostgreSQL has under that number, or is empty. */
  boolean isOurs(SignalStream stream) {
    Optional<RedisLog.Entry> tip = redisLog.tip(stream);
    return tip.isEmpty()
        || outbox.payload(stream, tip.get().seq()).equals(Optional.of(tip.get().payload()));
  }

  /** Moves a log away that is not this database's. */
  void setAside(SignalStream stream, long epoch) {
    log.error(
        "{}: the log in Redis is not this database's; it is set aside and rebuilt", stream.id());
    redisLog.setAside(stream, epoch);
  }

  private void rebuild(SignalStream stream, long epoch, long tip, long sent) {
    log.warn("{}: the log ends at {}, {} were sent; rebuilding", stream.id(), tip, sent);
    long from = tip == 0 ? Math.max(0, sent - RedisLog.KEPT) : tip;
    while (from < sent) {
      List<Numbered> lost = outbox.sentAfter(stream, from);
      if (lost.isEmpty()) {
        return;
      }
      redisLog.append(stream, epoch, lost, false);
      metrics.rebuilt(lost.size());
      from = lost.getLast().seq();
    }
  }
}

package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.DispatcherSettings;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may number and send. Each taking-over raises the epoch; every write checks it, so a paused
 * dispatcher that wakes up with an old epoch changes nothing (fencing token; Kleppmann, "How to do
 * distributed locking", 2016).
 */
@Component
class Lease {
  private final JdbcClient jdbc;
  private final DispatcherSettings settings;
  private final String holder = UUID.randomUUID().toString();

  Lease(JdbcClient jdbc, DispatcherSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** The epoch in force if the lease is ours, renewed or newly taken; empty if another holds it. */
  Optional<Long> take(SignalStream stream) {
    return jdbc.sql(
            """
            insert into core.dispatch_lease as l (stream, holder, epoch, expires_at)
            values (:stream, :me, 1, clock_timestamp() + :lease * interval '1 ms')
            on conflict (stream) do update set
              epoch = case when l.holder = excluded.holder then l.epoch else l.epoch + 1 end,
              holder = excluded.holder, expires_at = excluded.expires_at
            where l.holder = excluded.holder or l.expires_at < clock_timestamp()
            returning epoch
            """)
        .param("stream", stream.id())
        .param("me", holder)
        .param("lease", settings.lease().toMillis())
        .query(Long.class)
        .optional();
  }

  /**
   * Makes our epoch a higher one.
   *
   * @return the new epoch
   * @throws EpochOverException when another holds the lease, or the epoch was raised meanwhile
   */
  long raise(SignalStream stream, long epoch, long to) {
    return jdbc.sql(
            """
            update core.dispatch_lease set epoch = ?
            where stream = ? and holder = ? and epoch = ? returning epoch
            """)
        .params(to, stream.id(), holder, epoch)
        .query(Long.class)
        .optional()
        .orElseThrow(() -> new EpochOverException(stream, epoch));
  }

  /** Raises the epoch in force, whoever leads; empty when nobody ever did. */
  Optional<Long> bump(SignalStream stream) {
    return jdbc.sql(
            "update core.dispatch_lease set epoch = epoch + 1 where stream = ? returning epoch")
        .param(stream.id())
        .query(Long.class)
        .optional();
  }

  /**
   * The next number to give.
   *
   * @throws EpochOverException if the epoch is no longer the one in force
   */
  long nextSeq(SignalStream stream, long epoch) {
    return jdbc.sql("select next_seq from core.dispatch_lease where stream = ? and epoch = ?")
        .params(stream.id(), epoch)
        .query(Long.class)
        .optional()
        .orElseThrow(() -> new EpochOverException(stream, epoch));
  }

  /** Lets another dispatcher take over at once. */
  void release(SignalStream stream) {
    jdbc.sql(
            """
            update core.dispatch_lease set expires_at = clock_timestamp()
            where stream = ? and holder = ?
            """)
        .params(stream.id(), holder)
        .update();
  }
}

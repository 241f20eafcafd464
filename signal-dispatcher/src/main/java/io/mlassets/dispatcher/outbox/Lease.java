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

  /**
   * What is ours.
   *
   * @param epoch in force
   * @param seenBefore signals that no transaction before it wrote are all there can be news of,
   *     whoever led; 0 when that is not known
   */
  record Taken(long epoch, long seenBefore) {}

  /**
   * The lease if it is ours, renewed or newly taken; empty if another holds it.
   *
   * @param seenBefore what we know of it; 0 without any knowledge
   */
  Optional<Taken> take(SignalStream stream, long seenBefore) {
    // Restored into another server, transactions may count from the beginning again.
    return jdbc.sql(
            """
            insert into core.dispatch_lease as l (stream, holder, epoch, expires_at, seen_before)
            values (:stream, :me, 1, clock_timestamp() + :lease * interval '1 ms',
              cast(:seen as xid8))
            on conflict (stream) do update set
              epoch = case when l.holder = excluded.holder then l.epoch else l.epoch + 1 end,
              holder = excluded.holder, expires_at = excluded.expires_at,
              seen_before = case when excluded.seen_before > '0'
                then excluded.seen_before else l.seen_before end
            where l.holder = excluded.holder or l.expires_at < clock_timestamp()
            returning epoch, case when seen_before <= pg_snapshot_xmin(pg_current_snapshot())
              then seen_before else '0' end as seen_before
            """)
        .param("stream", stream.id())
        .param("me", holder)
        .param("lease", settings.lease().toMillis())
        .param("seen", Long.toString(seenBefore))
        .query((row, n) -> new Taken(row.getLong("epoch"), row.getLong("seen_before")))
        .optional();
  }

  /** Renews the lease if it is ours still. */
  void keep(SignalStream stream) {
    jdbc.sql(
            """
            update core.dispatch_lease
            set expires_at = clock_timestamp() + :lease * interval '1 ms'
            where stream = :stream and holder = :me
            """)
        .param("stream", stream.id())
        .param("me", holder)
        .param("lease", settings.lease().toMillis())
        .update();
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

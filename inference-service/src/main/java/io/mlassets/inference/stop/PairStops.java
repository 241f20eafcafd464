package io.mlassets.inference.stop;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.market.Pair;
import io.mlassets.platform.WatchLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which pairs' entries are stopped. The rows of {@code core.pair_stops} hold, over restarts and for
 * every process; decisions look at a copy that is read anew every second and whenever this process
 * begins to decide a pair. While PostgreSQL is away the copy stays, and nothing is committed.
 */
@Component
public class PairStops extends WatchLoop {
  private static final Logger log = LoggerFactory.getLogger(PairStops.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Clock clock;
  private volatile Set<Pair> stopped = Set.of();

  PairStops(
      JdbcClient jdbc, TransactionOperations transactions, Clock clock, MeterRegistry meters) {
    super("pair-stops", EVERY, EVERY);
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    meters.gauge("pairs_stopped", this, stops -> stops.stopped.size());
  }

  /** Whether a pair's entries are stopped; asks nobody. */
  public boolean isStopped(Pair pair) {
    return stopped.contains(pair);
  }

  /** Reads the copy anew. */
  @Override
  public void look() {
    stopped = inForce().stream().map(PairStop::pair).collect(Collectors.toUnmodifiableSet());
  }

  /** The stops in force, by pair. */
  public List<PairStop> inForce() {
    return jdbc.sql(
            "select pair, since, actor, reason from core.pair_stops where stopped order by pair")
        .query(
            (row, n) ->
                new PairStop(
                    Pair.parse(row.getString(1)),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getString(3),
                    row.getString(4)))
        .list();
  }

  /** Stops a pair's entries; one that is stopped already stays as it is. */
  public void stop(Pair pair, String actor, String reason) {
    boolean changed =
        change(
            pair,
            "STOPPED",
            actor,
            reason,
            """
            insert into core.pair_stops as s (pair, stopped, since, actor, reason)
            values (:pair, true, :now, :actor, :reason)
            on conflict (pair) do update set stopped = true, since = excluded.since,
              actor = excluded.actor, reason = excluded.reason where not s.stopped
            """);
    if (changed) {
      log.error("{}: entries stopped by {}: {}", pair, actor, reason);
    }
  }

  /**
   * Lets a pair's entries go again.
   *
   * @return whether they were stopped
   */
  public boolean lift(Pair pair, String actor, String reason) {
    boolean changed =
        change(
            pair,
            "LIFTED",
            actor,
            reason,
            """
            update core.pair_stops set stopped = false, since = :now, actor = :actor,
              reason = :reason,
              vectors_after = (select max(ts) from core.live_features where pair = :pair)
            where pair = :pair and stopped
            """);
    look();
    if (changed) {
      log.warn("{}: entries go again, by {}: {}", pair, actor, reason);
    }
    return changed;
  }

  private boolean change(Pair pair, String change, String actor, String reason, String sql) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
              boolean changed =
                  jdbc.sql(sql)
                          .param("pair", pair.id())
                          .param("now", now)
                          .param("actor", actor)
                          .param("reason", reason)
                          .update()
                      > 0;
              if (changed) {
                journal(pair, change, now, actor, reason);
              }
              return changed;
            }));
  }

  private void journal(Pair pair, String change, OffsetDateTime at, String actor, String reason) {
    jdbc.sql(
            """
            insert into audit.pair_stop_changes (pair, change, changed_at, actor, reason)
            values (?, ?, ?, ?, ?)
            """)
        .params(pair.id(), change, at, actor, reason)
        .update();
  }
}

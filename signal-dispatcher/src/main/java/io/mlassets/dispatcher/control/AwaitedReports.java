package io.mlassets.dispatcher.control;

import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.PoliciesInForce;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The live accounts that reported positions before and did not yet since this dispatcher leads.
 * While there are any, no entry goes; that is not latched, because it ends by itself. Accounts that
 * never reported are not waited for: a replay has none, and an Expert Advisor of other make may
 * send no reports at all. Thread-safe.
 */
@Component
public class AwaitedReports {
  private static final String ACTOR = "dispatcher";
  private final PoliciesInForce policies;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final MarketClock marketClock;
  private final Map<String, Optional<Instant>> awaited = new TreeMap<>();
  private final Set<String> settled = new HashSet<>();
  private @Nullable Instant since;
  private Instant marketSince = Instant.EPOCH;

  AwaitedReports(PoliciesInForce policies, JdbcClient jdbc, Clock clock, MarketClock marketClock) {
    this.policies = policies;
    this.jdbc = jdbc;
    this.clock = clock;
    this.marketClock = marketClock;
  }

  private TradingState state() {
    return policies.now().signals().stops().positions().state();
  }

  /** This dispatcher begins to send; only the first time counts. */
  public synchronized void begin() {
    if (since != null) {
      return;
    }
    if (state() != TradingState.ACTIVE) {
      jdbc.sql(
              """
              select account, settled_at from core.position_reports
              join core.ea_accounts using (account) where mode = 'live'
              """)
          .query((row, n) -> Map.entry(row.getString(1), settledAt(row)))
          .list()
          .forEach(one -> awaited.put(one.getKey(), one.getValue()));
      awaited.keySet().removeAll(settled);
    }
    since = clock.instant();
    marketSince = marketClock.now();
  }

  private static Optional<Instant> settledAt(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** An account's positions are known, or need not be. */
  public synchronized void settled(String account) {
    settled.add(account);
    awaited.remove(account);
  }

  /** Those waited for, each with the time at which its last report had been settled, if it was. */
  public synchronized Map<String, Optional<Instant>> accounts() {
    return Map.copyOf(awaited);
  }

  /** Since when they are waited for, system time. */
  public synchronized Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  /** An operator says that entries shall go. */
  synchronized boolean giveUp() {
    boolean waited = !awaited.isEmpty();
    settled.addAll(awaited.keySet());
    awaited.clear();
    return waited;
  }

  /** What entries wait for; empty when for nothing. */
  synchronized Optional<LatchedCause> cause() {
    Instant from = since;
    return from == null || awaited.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LatchedCause(
                Cause.POSITIONS,
                state(),
                from,
                marketSince,
                "waiting for the positions of " + String.join(", ", awaited.keySet()),
                ACTOR,
                Map.of()));
  }
}

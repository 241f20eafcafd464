package io.mlassets.inference;

import io.mlassets.feature.FeatureVector;
import io.mlassets.parity.EngineProbe;
import io.mlassets.platform.registry.KeptPolicies;
import io.mlassets.policy.Policies;
import io.mlassets.policy.TradingRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commits decisions: the signals (the outbox the dispatcher reads) and all they were made from, in
 * one transaction, so that every one of them can be made again. What was decided for a shard that
 * is another's by now is left out; a decision already there is left as it is.
 */
@Component
class SignalStore {
  private static final int BATCH = 500;
  private static final String INSERT_SIGNAL =
      "insert into core.signals_live (%s) values (%s) on conflict do nothing"
          .formatted(
              String.join(", ", SignalRow.COLUMNS.stream().map("\"%s\""::formatted).toList()),
              String.join(
                  ", ",
                  SignalRow.COLUMNS.stream()
                      .map(column -> column.equals("legs") ? "?::jsonb" : "?")
                      .toList()));
  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;
  private final KeptPolicies kept;
  private final SignalRow rows;
  private final Map<Integer, EngineProbe> engines = new HashMap<>();
  private final Set<LocalDate> partitions = new HashSet<>();
  private @Nullable String policiesKept;

  SignalStore(
      JdbcTemplate jdbc, TransactionOperations transactions, KeptPolicies kept, JsonMapper json) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.kept = kept;
    this.rows = new SignalRow(json);
  }

  /**
   * Commits decisions that were made by the same policies.
   *
   * @param scope model scope
   * @param progress how far decisions have come with these
   * @return our shards, and their epochs, as the transaction found them
   */
  SortedMap<Integer, Long> commit(
      String scope,
      Policies policies,
      List<Decided> decisions,
      HeldShards shards,
      ShardLeases.Progress progress) {
    ensurePartitions(decisions);
    SortedMap<Integer, Long> locked = new TreeMap<>();
    transactions.executeWithoutResult(
        status -> {
          locked.clear();
          locked.putAll(shards.lock(progress));
          List<Decided> ours = shards.ours(decisions, locked);
          if (!policies.hash().equals(policiesKept)) {
            kept.keep(policies);
          }
          insertSignals(scope, ours);
          insertFeatures(ours, engines(policies.core().trading()));
          insertStates(ours);
        });
    policiesKept = policies.hash();
    return locked;
  }

  private void ensurePartitions(List<Decided> decisions) {
    for (Decided decided : decisions) {
      LocalDate day = LocalDate.ofInstant(decided.signal().barTs(), ZoneOffset.UTC);
      if (!partitions.contains(day)) {
        jdbc.query("select core.ensure_signal_partition(?)", row -> {}, day);
        partitions.add(day);
      }
    }
  }

  private void insertSignals(String scope, List<Decided> decisions) {
    batch(
        INSERT_SIGNAL,
        decisions,
        (statement, decided) -> {
          int i = 0;
          for (Object value : rows.of(scope, decided.signal()).values()) {
            statement.setObject(++i, value);
          }
        });
  }

  private void insertStates(List<Decided> decisions) {
    batch(
        """
        insert into core.decision_states (signal_id, bar_ts, made_at, theta1, theta2, spread,
          entry_ts, entry_direction, entry_spread, entry_scale, bars_held, bundle_sha256,
          policy_hash, features_sha256, sha256, entries_stopped)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """,
        decisions,
        (statement, decided) -> TraceRow.bind(statement, decided.trace()));
  }

  /** Windows rarely change. */
  private EngineProbe engines(TradingRules rules) {
    return engines.computeIfAbsent(rules.featureWindow(), window -> new EngineProbe(rules));
  }

  private void insertFeatures(List<Decided> decisions, EngineProbe engine) {
    batch(
        """
        insert into core.live_features (pair, interval, ts, schema_hash, feature_values, engine,
          bars_seen, bars_digest, bar_digest)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """,
        decisions,
        (statement, decided) -> {
          FeatureVector features = decided.features();
          statement.setString(1, features.pair().id());
          statement.setString(2, decided.signal().interval().iso());
          statement.setObject(3, utc(features.ts()));
          statement.setString(4, features.schema().hash());
          statement.setArray(
              5, statement.getConnection().createArrayOf("float8", boxed(features.copy())));
          statement.setLong(6, engine.of(features));
          statement.setInt(7, decided.seen().count());
          statement.setLong(8, decided.seen().digest());
          statement.setLong(9, decided.seen().newest());
        });
  }

  private void batch(
      String sql, List<Decided> decisions, ParameterizedPreparedStatementSetter<Decided> setter) {
    jdbc.batchUpdate(sql, decisions, BATCH, setter);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Object[] boxed(double[] values) {
    Object[] boxed = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }
}

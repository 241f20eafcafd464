package io.mlassets.inference;

import io.mlassets.feature.FeatureVector;
import io.mlassets.parity.EngineProbe;
import io.mlassets.platform.registry.KeptPolicies;
import io.mlassets.policy.Policies;
import io.mlassets.policy.TradingRules;
import java.sql.Connection;
import java.sql.SQLException;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
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
  private static final Logger log = LoggerFactory.getLogger(SignalStore.class);
  private static final int BATCH = 500;

  /** From so many decisions on, copying is quicker than inserting. */
  static final int COPIED = 4;

  private static final int SIGNAL_BYTES = 500;
  private static final int FEATURE_BYTES = 700;
  private static final int STATE_BYTES = 600;
  private static final String FEATURE_COLUMNS =
      "pair, interval, ts, schema_hash, feature_values, engine, bars_seen, bars_digest,"
          + " bar_digest";
  private static final String SIGNAL_COLUMNS =
      String.join(", ", SignalRow.COLUMNS.stream().map("\"%s\""::formatted).toList());
  private static final String INSERT_SIGNAL =
      "insert into core.signals_live (%s) values (%s) on conflict do nothing"
          .formatted(
              SIGNAL_COLUMNS,
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
    EngineProbe engine = engines(policies.core().trading());
    if (decisions.size() >= COPIED) {
      try {
        return inTransaction(
            policies, decisions, shards, progress, ours -> copy(scope, ours, engine));
      } catch (DuplicateKeyException e) {
        // One of them is there already, and nothing was written.
        log.debug("{} decisions are inserted: {}", decisions.size(), e.getMessage());
      }
    }
    return inTransaction(
        policies,
        decisions,
        shards,
        progress,
        ours -> {
          insertSignals(scope, ours);
          insertFeatures(ours, engine);
          insertStates(ours);
        });
  }

  private SortedMap<Integer, Long> inTransaction(
      Policies policies,
      List<Decided> decisions,
      HeldShards shards,
      ShardLeases.Progress progress,
      Consumer<List<Decided>> writing) {
    SortedMap<Integer, Long> locked = new TreeMap<>();
    transactions.executeWithoutResult(
        status -> {
          locked.clear();
          locked.putAll(shards.lock(progress));
          List<Decided> ours = shards.ours(decisions, locked);
          if (!policies.hash().equals(policiesKept)) {
            kept.keep(policies);
          }
          writing.accept(ours);
        });
    policiesKept = policies.hash();
    return locked;
  }

  private void copy(String scope, List<Decided> decisions, EngineProbe engine) {
    jdbc.execute((Connection connection) -> copy(connection, scope, decisions, engine));
  }

  /** Returns how many. */
  private int copy(Connection connection, String scope, List<Decided> decisions, EngineProbe engine)
      throws SQLException {
    CopyRows signals = rows("core.signals_live", SIGNAL_COLUMNS, decisions.size() * SIGNAL_BYTES);
    CopyRows features =
        rows("core.live_features", FEATURE_COLUMNS, decisions.size() * FEATURE_BYTES);
    CopyRows states =
        rows("core.decision_states", TraceRow.COLUMNS, decisions.size() * STATE_BYTES);
    for (Decided decided : decisions) {
      rows.add(signals, scope, decided.signal());
      FeatureVector vector = decided.features();
      features
          .row()
          .text(vector.pair().id())
          .text(decided.signal().interval().iso())
          .time(vector.ts())
          .text(vector.schema().hash())
          .float8s(vector.copy())
          .int8(engine.of(vector))
          .int4(decided.seen().count())
          .int8(decided.seen().digest())
          .int8(decided.seen().newest());
      TraceRow.add(states, decided.trace());
    }
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    signals.copy(copies);
    features.copy(copies);
    states.copy(copies);
    return decisions.size();
  }

  private static CopyRows rows(String table, String columns, int bytes) {
    int count = 1 + (int) columns.chars().filter(next -> next == ',').count();
    return new CopyRows("%s (%s)".formatted(table, columns), count, bytes);
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
        insert into core.decision_states (%s)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """
            .formatted(TraceRow.COLUMNS),
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
        insert into core.live_features (%s)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """
            .formatted(FEATURE_COLUMNS),
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

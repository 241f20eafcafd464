package io.mlassets.inference;

import io.mlassets.feature.FeatureVector;
import io.mlassets.signal.Signal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commits decisions: the signals (the outbox the dispatcher reads) and the features they were made
 * from, in one transaction. A decision already there is left as it is.
 */
@Component
class SignalStore {
  private static final int BATCH = 500;
  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;
  private final JsonMapper json;
  private final Set<LocalDate> partitions = new HashSet<>();

  SignalStore(JdbcTemplate jdbc, TransactionOperations transactions, JsonMapper json) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.json = json;
  }

  void commit(String scope, List<Decided> decisions) {
    ensurePartitions(decisions);
    transactions.executeWithoutResult(
        status -> {
          insertSignals(scope, decisions);
          insertFeatures(decisions);
        });
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
        """
        insert into core.signals_live (signal_id, mode, model_scope, pair, interval, bar_ts,
          "timestamp", expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag,
          theta1, theta2, position_scale, action, reason, legs, model_version, policy_hash,
          leverage_reduction)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
        on conflict do nothing
        """,
        decisions,
        (statement, decided) -> bind(statement, scope, decided.signal()));
  }

  private void bind(PreparedStatement statement, String scope, Signal signal) throws SQLException {
    int i = 0;
    statement.setObject(++i, signal.signalId());
    statement.setString(++i, signal.mode().wire());
    statement.setString(++i, scope);
    statement.setString(++i, signal.pair().id());
    statement.setString(++i, signal.interval().iso());
    statement.setObject(++i, utc(signal.barTs()));
    statement.setObject(++i, utc(signal.timestamp()));
    statement.setObject(++i, utc(signal.expiresAt()));
    statement.setDouble(++i, signal.zScore());
    statement.setDouble(++i, signal.returnProb());
    statement.setDouble(++i, signal.riskScore());
    statement.setString(++i, signal.entry());
    statement.setDouble(++i, signal.confidence());
    statement.setInt(++i, signal.riskFlag() ? 1 : 0);
    statement.setObject(++i, signal.thresholds().theta1(), Types.NUMERIC);
    statement.setObject(++i, signal.thresholds().theta2(), Types.NUMERIC);
    statement.setDouble(++i, signal.positionScale());
    statement.setString(++i, signal.action().name());
    statement.setString(++i, signal.reason());
    statement.setString(++i, json.writeValueAsString(signal.legs()));
    statement.setString(++i, signal.modelVersion().value());
    statement.setString(++i, signal.policyHash());
    statement.setDouble(++i, signal.leverageReduction());
  }

  private void insertFeatures(List<Decided> decisions) {
    batch(
        """
        insert into core.live_features (pair, interval, ts, schema_hash, feature_values)
        values (?, ?, ?, ?, ?) on conflict do nothing
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

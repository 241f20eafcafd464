package io.mlassets.bench.load;

import io.mlassets.bench.damage.SignedBundle;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * A trained model under other scopes, for other pairs: what a model costs does not depend on whom
 * it was trained on.
 */
final class ScopedModels {
  private static final Instant FIRST = Instant.parse("2100-01-01T00:00:00Z");
  private final String key;
  private final SignedBundle trained;
  private final String version;
  private int made;

  /** Of the one model there is; it is not active from now on. */
  ScopedModels(Connection connection, String key) throws SQLException {
    this.key = key;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select model_version, content from core.model_artifacts")) {
      row.next();
      version = row.getString(1);
      trained = SignedBundle.open(row.getBytes(2));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("update core.model_registry set status = 'archived'");
    }
  }

  /** Puts it in force for a scope, with thresholds that let few candidates in, as in earnest. */
  void activate(Connection connection, String scope, List<Pair> pairs) throws SQLException {
    ModelVersion next = ModelVersion.at(FIRST.plusSeconds(60L * made++));
    byte[] zip =
        trained
            .changedJson(
                SignedBundle.MANIFEST,
                manifest -> {
                  manifest.put("scope", scope);
                  ArrayNode names = manifest.putArray("pairs");
                  pairs.stream().sorted().map(Pair::id).forEach(names::add);
                })
            .signed(next, key)
            .zip();
    try (PreparedStatement artifact =
            connection.prepareStatement(
                "insert into core.model_artifacts values (?, 'c', 's', ?)");
        PreparedStatement rows =
            connection.prepareStatement(
                """
                insert into core.model_registry (model_version, model_type, model_scope, status,
                  train_period_start, train_period_end, theta1, theta2, metrics, artifact_path,
                  notes, feature_schema_hash, seed, params)
                select ?, model_type, ?, 'active', train_period_start, train_period_end,
                  0.85, 0.2, metrics, artifact_path, notes, feature_schema_hash, seed, params
                from core.model_registry where model_version = ?
                """)) {
      artifact.setString(1, next.value());
      artifact.setBytes(2, zip);
      artifact.executeUpdate();
      rows.setString(1, next.value());
      rows.setString(2, scope);
      rows.setString(3, version);
      rows.executeUpdate();
    }
  }
}

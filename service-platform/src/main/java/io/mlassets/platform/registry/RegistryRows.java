package io.mlassets.platform.registry;

import io.mlassets.model.ModelVersion;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Versions and their statuses as {@code core.model_registry} has them; part of one transaction. */
final class RegistryRows {
  private final JdbcClient jdbc;
  private final Clock clock;

  RegistryRows(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Makes adoption, roll-back and retention of a scope wait for each other: none may act on a
   * status that another is changing. All lock the same rows in the same order.
   */
  void lock(String scope) {
    jdbc.sql(
            """
            select 1 from core.model_registry where model_scope = ? and bundle_deleted_at is null
            order by model_version, model_type for update
            """)
        .param(scope)
        .query(Integer.class)
        .list();
  }

  void archiveActive(String scope) {
    jdbc.sql(
            """
            update core.model_registry set status = 'archived', updated_at = now()
            where model_scope = ? and status = 'active'
            """)
        .param(scope)
        .update();
  }

  void setStatus(ModelVersion version, String scope, String status) {
    jdbc.sql(
            """
            update core.model_registry set status = ?, updated_at = now()
            where model_version = ? and model_scope = ?
            """)
        .params(status, version.value(), scope)
        .update();
  }

  List<String> statuses(ModelVersion version, String scope) {
    return jdbc.sql(
            """
            select status from core.model_registry
            where model_version = ? and model_scope = ? and bundle_deleted_at is null
            """)
        .params(version.value(), scope)
        .query(String.class)
        .list();
  }

  void insert(ModelVersion version, String scope, String status, List<RegistryEntry> entries) {
    Instant now = clock.instant();
    for (RegistryEntry entry : entries) {
      jdbc.sql(
              """
              insert into core.model_registry (model_version, model_type, model_scope, status,
                train_period_start, train_period_end, theta1, theta2, metrics, artifact_path, notes,
                feature_schema_hash, seed, params, created_at, updated_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb, ?, ?)
              """)
          .params(
              version.value(),
              entry.type().name(),
              scope,
              status,
              entry.trainPeriodStart(),
              entry.trainPeriodEnd(),
              entry.thresholds().theta1(),
              entry.thresholds().theta2(),
              entry.metricsJson(),
              entry.artifactPath(),
              entry.notes(),
              entry.featureSchemaHash(),
              entry.seed(),
              entry.paramsJson(),
              now.atOffset(ZoneOffset.UTC),
              now.atOffset(ZoneOffset.UTC))
          .update();
    }
  }
}

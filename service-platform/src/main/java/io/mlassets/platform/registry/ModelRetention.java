package io.mlassets.platform.registry;

import io.mlassets.model.ModelVersion;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes bundles nobody will go back to, with the rows only they need. What analysts ask for and
 * what verdicts count stays: registry row, backtest figures, report and the parameter trials
 * without their course. Archived and rejected versions are counted apart: candidates that were
 * refused must not push out the models that were in force.
 */
final class ModelRetention {
  private static final List<String> NEEDED_WITH_BUNDLE_ONLY =
      List.of(
          "model_artifacts",
          "feature_reference",
          "oof_predictions",
          "backtest_trades",
          "theta_cells");
  private final JdbcClient jdbc;

  ModelRetention(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Within a transaction that holds {@link ModelRegistry}'s lock of the scope. */
  void keep(String scope, int keep) {
    jdbc.sql(
            """
            select distinct model_version from (
              select model_version,
                dense_rank() over (partition by status order by model_version desc) as newness
              from core.model_registry
              where model_scope = :scope and status <> 'active' and bundle_deleted_at is null
            ) as kept
            where newness > :keep
            """)
        .param("scope", scope)
        .param("keep", keep)
        .query(String.class)
        .list()
        .forEach(version -> delete(version, scope));
  }

  /** Every version of a scope whose bundle was deleted, now or before. */
  List<ModelVersion> deleted(String scope) {
    return jdbc.sql(
            """
            select distinct model_version from core.model_registry
            where model_scope = ? and bundle_deleted_at is not null order by model_version
            """)
        .param(scope)
        .query((row, n) -> new ModelVersion(row.getString(1)))
        .list();
  }

  private void delete(String version, String scope) {
    for (String table : NEEDED_WITH_BUNDLE_ONLY) {
      jdbc.sql("delete from core." + table + " where model_version = ?").param(version).update();
    }
    jdbc.sql(
            """
            update core.search_trials set intermediate = '{}', curves = '[]' where model_version = ?
            """)
        .param(version)
        .update();
    jdbc.sql(
            """
            update core.model_registry set bundle_deleted_at = now(), updated_at = now()
            where model_version = ? and model_scope = ?
            """)
        .params(version, scope)
        .update();
  }
}

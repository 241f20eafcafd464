package io.mlassets.platform.registry;

import io.mlassets.model.ModelVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes bundles nobody will go back to, with the rows only they need. What analysts ask for and
 * what verdicts count stays: registry row, backtest figures, report and the parameter trials
 * without their course. Archived and rejected versions are counted apart: candidates that were
 * refused must not push out the models that were in force.
 */
final class ModelRetention {
  private static final List<String> NEEDED_WITH_BUNDLE_ONLY =
      List.of("model_artifacts", "feature_reference", "oof_predictions", "backtest_trades");
  private final JdbcClient jdbc;

  ModelRetention(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Within a transaction that holds {@link ModelRegistry}'s lock of the scope. */
  void keep(String scope, int keep) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    jdbc.sql(
            """
            select distinct model_version, status from core.model_registry
            where model_scope = ? and status <> 'active' and bundle_deleted_at is null
            order by model_version desc
            """)
        .param(scope)
        .query((row, n) -> List.of(row.getString(1), row.getString(2)))
        .list()
        .forEach(
            version -> {
              if (seen.merge(version.getLast(), 1, Integer::sum) > keep) {
                delete(version.getFirst(), scope);
              }
            });
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
    jdbc.sql("update core.search_trials set intermediate = '{}' where model_version = ?")
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

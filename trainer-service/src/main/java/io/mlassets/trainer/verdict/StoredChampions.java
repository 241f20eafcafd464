package io.mlassets.trainer.verdict;

import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database says of a model whose bundle can no longer speak for itself. */
public final class StoredChampions {
  private final JdbcClient jdbc;

  /** Over one database. */
  public StoredChampions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Its out-of-fold figures when it was made, {@code core.model_registry.metrics}. */
  Optional<Figures> figures(ModelVersion version) {
    return jdbc.sql(
            """
            select (a.metrics -> 'backtest' ->> 'sharpe')::float8 as sharpe,
              (a.metrics -> 'backtest' ->> 'sharpe_low')::float8 as sharpe_low,
              (a.metrics -> 'backtest' ->> 'trades')::int as trades,
              (a.metrics ->> 'auc_within_folds')::float8 as return_auc,
              (b.metrics ->> 'auc_within_folds')::float8 as risk_auc
            from core.model_registry a join core.model_registry b using (model_version, model_scope)
            where model_version = ? and a.model_type = 'AI1' and b.model_type = 'AI2'
              and a.metrics -> 'backtest' ->> 'trades' is not null
            """)
        .param(version.value())
        .query(
            (row, n) ->
                new Figures(
                    number(row, "sharpe"),
                    number(row, "sharpe_low"),
                    row.getInt("trades"),
                    number(row, "return_auc"),
                    number(row, "risk_auc")))
        .optional();
  }

  /** The pairs it was trained on; empty when that is not on record. */
  List<Pair> pairs(ModelVersion version) {
    return jdbc.sql("select pairs from core.training_inputs where model_version = ?")
        .param(version.value())
        .query((row, n) -> (String[]) row.getArray(1).getArray())
        .optional()
        .map(pairs -> Arrays.stream(pairs).map(Pair::parse).toList())
        .orElseGet(List::of);
  }

  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() || Double.isNaN(value) ? null : value;
  }
}

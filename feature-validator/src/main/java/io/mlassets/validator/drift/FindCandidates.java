package io.mlassets.validator.drift;

import io.mlassets.decision.HoldReason;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.policy.Policies;
import io.mlassets.policy.TradingRules;
import io.mlassets.signal.Action;
import io.mlassets.validator.ModelInUse;
import io.mlassets.validator.ValidatorSettings;
import io.mlassets.validator.schema.RegisteredSchemas;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the newest candidates a model decided on. */
@Component
class FindCandidates {
  private final JdbcClient jdbc;
  private final RegisteredSchemas schemas;
  private final TradingRules trading;
  private final int mostRows;

  FindCandidates(
      JdbcClient jdbc, RegisteredSchemas schemas, Policies policies, ValidatorSettings settings) {
    this.jdbc = jdbc;
    this.schemas = schemas;
    this.trading = policies.core().trading();
    this.mostRows = settings.sampleRows();
  }

  Candidates of(ModelInUse model) {
    List<Candidates.Row> rows =
        jdbc.sql(
                """
                select s.pair, s.interval, s.bar_ts, s.risk_score, f.feature_values,
                  s.action = :enter or s.reason = :stopped as wanted,
                  s.reason = :refused as refused
                from core.signals s
                join core.live_features f
                  on f.pair = s.pair and f.interval = s.interval and f.ts = s.bar_ts
                where s.model_version = :version and s.mode = :mode
                  and abs(s.z_score) >= :entryZ and abs(s.z_score) < :stopZ
                  and f.schema_hash = :hash
                order by s.bar_ts desc, s.pair limit :most
                """)
            .param("version", model.version())
            .param("mode", model.mode().wire())
            .param("entryZ", trading.entryZ())
            .param("stopZ", trading.stopZ())
            .param("enter", Action.ENTER.name())
            .param("stopped", HoldReason.PAIR_STOPPED.text())
            .param("refused", HoldReason.HIGH_RISK.text())
            .param("hash", model.schemaHash())
            .param("most", mostRows)
            .query(FindCandidates::row)
            .list();
    FeatureSchema schema = FeatureSchema.of(schemas.named(model.schemaHash()).names());
    return new Candidates(schema, rows, trading.holdingBars());
  }

  private static Candidates.Row row(ResultSet row, int number) throws SQLException {
    return new Candidates.Row(
        row.getString("pair"),
        BarInterval.parse(row.getString("interval")),
        row.getObject("bar_ts", OffsetDateTime.class).toInstant(),
        row.getDouble("risk_score"),
        row.getBoolean("wanted"),
        row.getBoolean("refused"),
        doubles(row.getArray("feature_values")));
  }

  static double[] doubles(Array array) throws SQLException {
    return Arrays.stream((Double[]) array.getArray())
        .mapToDouble(value -> value == null ? Double.NaN : value)
        .toArray();
  }
}

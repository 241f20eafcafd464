package io.mlassets.validator.drift;

import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.mlassets.validator.drift.DriftRows.FeatureRow;
import io.mlassets.validator.drift.DriftRows.ModelRow;
import io.mlassets.validator.drift.DriftRows.RiskRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads stored measurements. */
@Component
class FindDrift {
  private final JdbcClient jdbc;

  FindDrift(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  DriftRows by(DriftFilter filter, PageRequest page) {
    return new DriftRows(
        page("core.feature_drift", filter, true, page, FindDrift::feature),
        filter.featuresOnly()
            ? none(page)
            : page("core.model_drift", filter, false, page, FindDrift::model),
        filter.featuresOnly()
            ? none(page)
            : page("core.risk_pass_rates", filter, false, page, FindDrift::risk));
  }

  private static <T> Page<T> none(PageRequest page) {
    return new Page<>(List.of(), page.page(), page.size(), 0);
  }

  private <T> Page<T> page(
      String table, DriftFilter filter, boolean byFeature, PageRequest page, RowMapper<T> row) {
    Map<String, Object> values = new LinkedHashMap<>();
    StringBuilder where = new StringBuilder(" where true");
    restrict(where, values, " and model_version = :version", "version", filter.modelVersion());
    restrict(where, values, " and computed_at >= :from", "from", utc(filter.from()));
    restrict(where, values, " and computed_at < :to", "to", utc(filter.to()));
    if (byFeature) {
      restrict(where, values, " and pair = :pair", "pair", filter.pair());
      restrict(where, values, " and feature = :feature", "feature", filter.feature());
    }
    long total =
        jdbc.sql("select count(*) from " + table + where).params(values).query(Long.class).single();
    values.put("size", page.size());
    values.put("offset", page.offset());
    List<T> rows =
        jdbc.sql(
                "select * from "
                    + table
                    + where
                    + " order by computed_at desc, id desc limit :size offset :offset")
            .params(values)
            .query(row)
            .list();
    return new Page<>(rows, page.page(), page.size(), total);
  }

  private static void restrict(
      StringBuilder where,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      where.append(condition);
      values.put(name, value);
    }
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static Instant time(ResultSet row) throws SQLException {
    return row.getObject("computed_at", OffsetDateTime.class).toInstant();
  }

  private static FeatureRow feature(ResultSet row, int number) throws SQLException {
    return new FeatureRow(
        row.getString("model_version"),
        row.getString("mode"),
        row.getString("pair"),
        row.getString("feature"),
        row.getDouble("psi"),
        row.getDouble("psi_threshold"),
        row.getDouble("mean_shift"),
        row.getLong("live_rows"),
        row.getDouble("effective_rows"),
        row.getLong("training_rows"),
        row.getBoolean("drifted"),
        time(row));
  }

  private static ModelRow model(ResultSet row, int number) throws SQLException {
    return new ModelRow(
        row.getString("model_version"),
        row.getString("mode"),
        row.getInt("trades"),
        row.getObject("live_win_rate", Double.class),
        row.getObject("backtest_win_rate", Double.class),
        row.getObject("gap", Double.class),
        row.getObject("p_value", Double.class),
        row.getBoolean("drifted"),
        time(row));
  }

  private static RiskRow risk(ResultSet row, int number) throws SQLException {
    return new RiskRow(
        row.getString("model_version"),
        row.getString("mode"),
        row.getDouble("theta2"),
        row.getInt("candidates"),
        row.getInt("passed"),
        row.getObject("pass_rate", Double.class),
        row.getDouble("wanted_low"),
        row.getDouble("wanted_high"),
        row.getString("verdict"),
        time(row));
  }
}

package io.mlassets.suite.demo;

import io.mlassets.market.Pair;
import io.mlassets.model.ModelMetrics;
import io.mlassets.model.ModelType;
import io.mlassets.signal.SignalMode;
import io.mlassets.suite.demo.DemoReport.BacktestFigures;
import io.mlassets.suite.demo.DemoReport.ThresholdsInForce;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the tables say about a run and its replay, read as an outsider would read them. */
final class Records {
  private final Connection connection;
  private final JsonMapper json = JsonMapper.builder().build();

  Records(Connection connection) {
    this.connection = connection;
  }

  /** Row of {@code audit.retrain_runs}. */
  record Run(
      String status,
      @Nullable String modelVersion,
      @Nullable String verdict,
      List<String> reasons,
      @Nullable String error) {}

  Run run(UUID id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select status, model_version, verdict, reasons, error_message"
                + " from audit.retrain_runs where run_id = ?")) {
      query.setObject(1, id);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new DemoFailure("audit.retrain_runs has no row of run " + id);
        }
        return new Run(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            texts(row.getString(4)),
            row.getString(5));
      }
    }
  }

  private List<String> texts(@Nullable String array) {
    List<String> texts = new ArrayList<>();
    if (array != null) {
      json.readTree(array)
          .forEach(node -> texts.add(node.isString() ? node.asString() : node.toString()));
    }
    return texts;
  }

  /** The version in force, empty when nothing was adopted. */
  Optional<String> activeVersion() throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "select model_version from core.model_registry"
                    + " where status = 'active' and model_scope = 'all' limit 1");
        ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /** Engine and metrics of each model of a version. */
  Map<ModelType, ModelFigures> models(String version) throws SQLException {
    Map<ModelType, ModelFigures> models = new EnumMap<>(ModelType.class);
    try (PreparedStatement query =
        connection.prepareStatement(
            "select model_type, params ->> 'engine', metrics from core.model_registry"
                + " where model_version = ?")) {
      query.setString(1, version);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          models.put(
              ModelType.valueOf(row.getString(1)),
              ModelFigures.of(
                  row.getString(2), json.readValue(row.getString(3), ModelMetrics.class)));
        }
      }
    }
    for (ModelType type : ModelType.values()) {
      if (!models.containsKey(type)) {
        throw new DemoFailure("core.model_registry has no %s of %s".formatted(type, version));
      }
    }
    return models;
  }

  ThresholdsInForce thresholds(String version) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select theta1, theta2 from core.model_registry where model_version = ? limit 1")) {
      query.setString(1, version);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new DemoFailure("core.model_registry has no row of " + version);
        }
        return new ThresholdsInForce(row.getDouble(1), row.getDouble(2));
      }
    }
  }

  BacktestFigures backtest(String version) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select sharpe, sharpe_low, sharpe_high, t_stat, win_rate, mean_pnl, max_drawdown,"
                + " trades, no_trade_rate from core.backtest_results"
                + " where model_version = ? and kind = 'oof'")) {
      query.setString(1, version);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new DemoFailure("core.backtest_results has no 'oof' row of " + version);
        }
        return new BacktestFigures(
            number(row, 1),
            number(row, 2),
            number(row, 3),
            number(row, 4),
            number(row, 5),
            number(row, 6),
            row.getDouble(7),
            row.getLong(8),
            number(row, 9));
      }
    }
  }

  private static @Nullable Double number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /** Signals of a mode by action, on bars from {@code from} to before {@code to}. */
  Map<String, Long> actions(SignalMode mode, Instant from, Instant to) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select action, count(*) from core.signals"
                + " where mode = ? and bar_ts >= ? and bar_ts < ? group by action")) {
      bind(query, mode, from, to);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          counts.put(row.getString(1), row.getLong(2));
        }
      }
    }
    return counts;
  }

  /** Signals of a mode by outcome of dispatch, {@code UNSENT} for those Redis does not have yet. */
  Map<String, Long> outcomes(SignalMode mode, Instant from, Instant to) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select case when d.sent_at is not null then 'PUBLISHED'"
                + " when d.outcome is null or d.seq is not null then 'UNSENT'"
                + " else d.outcome end, count(*)"
                + " from core.signals s left join core.signal_dispatch d using (signal_id)"
                + " where s.mode = ? and s.bar_ts >= ? and s.bar_ts < ? group by 1")) {
      bind(query, mode, from, to);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          counts.put(row.getString(1), row.getLong(2));
        }
      }
    }
    return counts;
  }

  /** Orders of a mode that were sent and have no outcome yet. */
  long unanswered(SignalMode mode, Instant from, Instant to) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select count(*) from core.signals s join core.signal_dispatch d using (signal_id)"
                + " where s.mode = ? and s.bar_ts >= ? and s.bar_ts < ? and s.action <> 'HOLD'"
                + " and d.sent_at is not null and not exists"
                + " (select from core.signal_outcomes o where o.signal_id = s.signal_id)")) {
      bind(query, mode, from, to);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void bind(PreparedStatement query, SignalMode mode, Instant from, Instant to)
      throws SQLException {
    query.setString(1, mode.wire());
    query.setObject(2, from.atOffset(ZoneOffset.UTC));
    query.setObject(3, to.atOffset(ZoneOffset.UTC));
  }

  /** Pairs with at least one decision from {@code from} on, and how many. */
  Map<Pair, Long> decisions(SignalMode mode, Instant from, Instant to) throws SQLException {
    Map<Pair, Long> counts = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select pair, count(*) from core.signals"
                + " where mode = ? and bar_ts >= ? and bar_ts < ? group by pair")) {
      bind(query, mode, from, to);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          counts.put(Pair.parse(row.getString(1)), row.getLong(2));
        }
      }
    }
    return counts;
  }

  /** Rows of {@code core.live_trades} and of {@code core.order_rejections} of a mode. */
  long trades(SignalMode mode) throws SQLException {
    return count("select count(*) from core.live_trades where mode = ?", mode);
  }

  long rejections(SignalMode mode) throws SQLException {
    return count("select count(*) from core.order_rejections where mode = ?", mode);
  }

  private long count(String sql, SignalMode mode) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, mode.wire());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

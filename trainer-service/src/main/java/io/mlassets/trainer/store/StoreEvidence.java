package io.mlassets.trainer.store;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.BacktestTrade;
import io.mlassets.drift.FeatureReference;
import io.mlassets.label.Label;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.database.CopyLine;
import io.mlassets.platform.database.CopyRows;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.OutOfFold;
import io.mlassets.trainer.pipeline.RiskRates;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores what a candidate's figures are made of, so that anyone can compute them again: out-of-fold
 * predictions, backtest with its thresholds and trades, and how the features were distributed.
 */
final class StoreEvidence {
  private static final String KIND = "oof";
  private static final String KIND_AT_DOUBLE_COSTS = "oof_2x";
  private static final int BINS = 10;
  private final JdbcTemplate jdbc;
  private final CopyRows copy;
  private final StoreThresholds thresholds;

  StoreEvidence(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.copy = new CopyRows(dataSource);
    this.thresholds = new StoreThresholds(copy);
  }

  void store(ModelVersion version, TrainingSet set, Candidate candidate, String report) {
    predictions(version, candidate);
    backtest(version, KIND, candidate, candidate.backtest().metrics());
    backtest(version, KIND_AT_DOUBLE_COSTS, candidate, candidate.doubleCosts());
    thresholds.store(version, candidate.thresholds(), candidate.surface());
    trades(version, candidate);
    reference(version, set);
    StoredTrials.keepAsEvidence(jdbc, version.value(), candidate.searches());
    jdbc.update(
        "insert into core.run_reports (model_version, html) values (?, ?)",
        version.value(),
        report);
  }

  private void predictions(ModelVersion version, Candidate candidate) {
    String interval = candidate.manifest().interval().iso();
    copy.into(
        "core.oof_predictions (model_version, pair, interval, ts, fold, return_prob, risk_score,"
            + " position_scale, return_label, risk_label, scale_target, label_end_ts)",
        candidate.outOfFold().stream().map(row -> line(version, interval, row)));
  }

  private static CopyLine line(ModelVersion version, String interval, OutOfFold row) {
    Label label = row.sample().label();
    return new CopyLine()
        .text(version.value())
        .text(label.pair().id())
        .text(interval)
        .time(label.ts())
        .number(row.fold())
        .number(row.scores().returnProb())
        .number(row.scores().riskScore())
        .number(row.scores().positionScale())
        .number(label.reverted() ? 1 : 0)
        .number(label.risky() ? 1 : 0)
        .number(label.scaleTarget())
        .time(label.labelEndTs());
  }

  private void backtest(
      ModelVersion version, String kind, Candidate candidate, BacktestMetrics metrics) {
    BundleManifest manifest = candidate.manifest();
    jdbc.update(
        """
        insert into core.backtest_results (model_version, kind, interval, period_start, period_end,
          theta1, theta2, sharpe, sharpe_low, sharpe_high, t_stat, win_rate, mean_pnl,
          max_drawdown, trades, no_trade_rate, risk_flag_rate, bars_per_year)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        version.value(),
        kind,
        manifest.interval().iso(),
        candidate.period().from().atOffset(ZoneOffset.UTC),
        candidate.period().to().atOffset(ZoneOffset.UTC),
        manifest.thresholds().theta1(),
        manifest.thresholds().theta2(),
        metrics.sharpe(),
        metrics.sharpeLow(),
        metrics.sharpeHigh(),
        metrics.tStat(),
        metrics.winRate(),
        metrics.meanPnl(),
        metrics.maxDrawdown(),
        metrics.trades(),
        metrics.noTradeRate(),
        RiskRates.of(candidate).flagRate(),
        metrics.barsPerYear());
  }

  private void trades(ModelVersion version, Candidate candidate) {
    copy.into(
        "core.backtest_trades (model_version, kind, pair, entry_ts, exit_ts, direction,"
            + " position_scale, gross_pnl, cost, net_pnl, exit_reason)",
        candidate.backtest().trades().stream().map(trade -> line(version, trade)));
  }

  private static CopyLine line(ModelVersion version, BacktestTrade trade) {
    return new CopyLine()
        .text(version.value())
        .text(KIND)
        .text(trade.pair().id())
        .time(trade.entryTs())
        .time(trade.exitTs())
        .number(trade.direction().sign())
        .number(trade.scale())
        .number(trade.grossPnl())
        .number(trade.cost())
        .number(trade.netPnl())
        .text(trade.exitReason().name().toLowerCase(Locale.ROOT));
  }

  private void reference(ModelVersion version, TrainingSet set) {
    double[] features = set.features();
    int width = set.schema().size();
    for (int column = 0; column < width; column++) {
      double[] sample = new double[set.rows()];
      for (int row = 0; row < sample.length; row++) {
        sample[row] = features[row * width + column];
      }
      insert(version, FeatureReference.of(set.schema().names().get(column), sample, BINS));
    }
  }

  private void insert(ModelVersion version, FeatureReference reference) {
    jdbc.update(
        """
        insert into core.feature_reference (model_version, feature, edges, counts, mean, sd, rows)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        statement -> {
          statement.setString(1, version.value());
          statement.setString(2, reference.feature());
          Object[] edges = Arrays.stream(reference.edges()).boxed().toArray();
          statement.setArray(3, statement.getConnection().createArrayOf("float8", edges));
          Object[] counts = Arrays.stream(reference.counts()).boxed().toArray();
          statement.setArray(4, statement.getConnection().createArrayOf("int8", counts));
          statement.setDouble(5, reference.mean());
          statement.setDouble(6, reference.sd());
          statement.setLong(7, reference.rows());
        });
  }
}

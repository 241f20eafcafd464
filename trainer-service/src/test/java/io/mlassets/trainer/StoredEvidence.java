package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What an outsider can compute from the tables alone, beside what is stored as a result. */
final class StoredEvidence {
  private static final String JUDGED =
      """
      from core.oof_predictions p join core.backtest_thresholds t
        on t.model_version = p.model_version and t.fold = p.fold
        and p.ts >= t.judged_from and p.ts < t.judged_to
      """;
  private final JdbcClient database;

  StoredEvidence(JdbcClient database) {
    this.database = database;
  }

  /** Every figure of so many models follows from their rows. */
  void addsUp(int models) {
    assertThat(count("(select 1 " + JUDGED + ") x"))
        .isEqualTo(count("core.oof_predictions"))
        .isPositive();
    assertThat(tradesByTheThresholdsOfTheirFold())
        .isEqualTo(count("core.backtest_trades"))
        .isPositive();
    assertThat(resultsOfTheirTrades()).isEqualTo(2L * models);
    assertThat(resultsOfTheirScores()).isEqualTo(2L * models);
    assertThat(liveThresholdsOfTheSurface()).isEqualTo(models);
    assertThat(sameRates("audit.retrain_runs")).isEqualTo(models);
    assertThat(sameRates("core.model_registry")).isEqualTo(3L * models);
  }

  private long tradesByTheThresholdsOfTheirFold() {
    return count(
        """
        core.backtest_trades b join (
          select p.model_version, p.pair, p.ts, p.return_prob, p.risk_score, t.theta1, t.theta2 %s
        ) x using (model_version, pair)
        where x.ts = b.entry_ts and x.return_prob > x.theta1 and x.risk_score < x.theta2
        """
            .formatted(JUDGED));
  }

  /** At costs as they are and at twice these. */
  private long resultsOfTheirTrades() {
    return count(
        """
        core.backtest_results r join (
          select model_version, avg(net_pnl) as once, avg(net_pnl - cost) as twice,
            count(*) as trades from core.backtest_trades group by 1) b using (model_version)
        where r.trades = b.trades and abs(r.mean_pnl -
          case r.kind when 'oof' then b.once when 'oof_2x' then b.twice end) < 1e-12
        """);
  }

  private long resultsOfTheirScores() {
    return count(
        """
        core.backtest_results r join (
          select p.model_version, avg((p.risk_score >= t.theta2)::int)::float8 as flagged %s
          group by 1) x using (model_version)
        where abs(r.risk_flag_rate - x.flagged) < 1e-12
        """
            .formatted(JUDGED));
  }

  private long liveThresholdsOfTheSurface() {
    return count(
        """
        core.backtest_thresholds t join core.theta_cells c
          using (model_version, theta1, theta2, pass_rate) where t.fold = -1
        """);
  }

  private long sameRates(String table) {
    return count(
        """
        %s r join core.backtest_results b using (model_version)
        where b.kind = 'oof' and (r.metrics ->> 'no_trade_rate')::float8 = b.no_trade_rate
          and (r.metrics ->> 'risk_flag_rate')::float8 = b.risk_flag_rate
          and abs((r.metrics ->> 'risk_pass_rate')::float8 + b.risk_flag_rate - 1) < 1e-12
        """
            .formatted(table));
  }

  private long count(String from) {
    return database.sql("select count(*) from " + from).query(Long.class).single();
  }
}

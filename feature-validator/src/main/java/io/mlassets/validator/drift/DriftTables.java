package io.mlassets.validator.drift;

import io.mlassets.drift.FeatureDrift;
import io.mlassets.drift.RiskPassRate;
import io.mlassets.drift.WinRateGap;
import io.mlassets.validator.ModelInUse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes measurements into {@code core.feature_drift, model_drift} and {@code risk_pass_rates}. */
@Component
class DriftTables {
  /** Feature drift is measured over all pairs, as the training sample is. */
  static final String ALL_PAIRS = "all";

  private final JdbcClient jdbc;

  DriftTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One measurement, wholly or not at all. */
  @Transactional
  public void insert(Findings findings) {
    OffsetDateTime at = findings.at().atOffset(ZoneOffset.UTC);
    findings.features().features().forEach(drift -> insert(findings, drift, at));
    insert(findings.model(), findings.results(), at);
    insert(findings.model(), findings.risk(), at);
  }

  private void insert(Findings findings, FeatureDrift drift, OffsetDateTime at) {
    jdbc.sql(
            """
            insert into core.feature_drift (model_version, mode, pair, feature, psi, psi_threshold,
              mean_shift, live_rows, effective_rows, training_rows, drifted, computed_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            findings.model().version(),
            findings.model().mode().wire(),
            ALL_PAIRS,
            drift.feature(),
            drift.psi(),
            drift.psiThreshold(),
            drift.meanShift(),
            drift.liveRows(),
            findings.features().effectiveRows(),
            drift.trainingRows(),
            drift.drifted(),
            at)
        .update();
  }

  private void insert(ModelInUse model, ModelFinding finding, OffsetDateTime at) {
    WinRateGap gap = finding.gap();
    jdbc.sql(
            """
            insert into core.model_drift (model_version, mode, trades, live_win_rate,
              backtest_win_rate, gap, p_value, drifted, computed_at)
            values (:version, :mode, :trades, :live, :backtest, :gap, :p, :drifted, :at)
            """)
        .param("version", model.version())
        .param("mode", model.mode().wire())
        .param("trades", finding.trades())
        .param("live", finding.liveWinRate())
        .param("backtest", finding.backtestWinRate())
        .param("gap", gap == null ? null : gap.gap())
        .param("p", gap == null ? null : gap.pValue())
        .param("drifted", finding.drifted())
        .param("at", at)
        .update();
  }

  private void insert(ModelInUse model, RiskPassRate risk, OffsetDateTime at) {
    jdbc.sql(
            """
            insert into core.risk_pass_rates (model_version, mode, theta2, candidates, passed,
              pass_rate, wanted_low, wanted_high, verdict, computed_at)
            values (:version, :mode, :theta2, :candidates, :passed, :rate, :low, :high, :verdict,
              :at)
            """)
        .param("version", model.version())
        .param("mode", model.mode().wire())
        .param("theta2", model.theta2())
        .param("candidates", risk.candidates())
        .param("passed", risk.passed())
        .param("rate", risk.rate())
        .param("low", risk.wanted().low())
        .param("high", risk.wanted().high())
        .param("verdict", risk.verdict().reason())
        .param("at", at)
        .update();
  }
}

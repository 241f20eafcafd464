package io.mlassets.trainer.verdict;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Overfitting;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.AdoptionRules;
import io.mlassets.policy.PolicyFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evidence to judge, by the figures that matter. */
final class SampleEvidence {
  static final Overfitting SOUND = overfitting(0.99, 0.1, List.of(1.0, 1.2, 0.8), 2.0);

  private SampleEvidence() {}

  static AdoptionRules rules() {
    return PolicyFiles.read(TestServers.configFolder()).retrain().adoption();
  }

  static Evidence evidence(
      @Nullable Double sharpe, @Nullable Double low, int trades, Overfitting overfitting) {
    return new Evidence(metrics(sharpe, low, trades), overfitting, List.of());
  }

  static BacktestMetrics metrics(@Nullable Double sharpe, @Nullable Double low, int trades) {
    return new BacktestMetrics(sharpe, low, null, null, 0.6, 0.01, 0.1, trades, 0.5, 6_000);
  }

  /** Over a record of three years. */
  static Overfitting overfitting(
      @Nullable Double deflated, @Nullable Double pbo, List<Double> paths, @Nullable Double needs) {
    return overfitting(deflated, pbo, pbo, paths, needs);
  }

  static Overfitting overfitting(
      @Nullable Double deflated,
      @Nullable Double pbo,
      @Nullable Double loss,
      List<Double> paths,
      @Nullable Double needs) {
    return new Overfitting(
        700, 0.5, 350.5, 0.4, 0.5, 1.2, 1.5, deflated, deflated, pbo, loss, paths, 3.0, needs,
        null);
  }

  static Figures figures(@Nullable Double sharpe, double returnAuc, double riskAuc) {
    return new Figures(sharpe, null, sharpe == null ? 0 : 50, returnAuc, riskAuc);
  }
}

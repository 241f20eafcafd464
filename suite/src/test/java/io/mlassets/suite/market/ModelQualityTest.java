package io.mlassets.suite.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.model.ModelType;
import io.mlassets.model.Rmse;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.BuildSamples;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.engine.EngineChoice;
import io.mlassets.trainer.pipeline.TrainCandidate;
import io.mlassets.trainer.pipeline.TrainingSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Trains all three models on one simulated market and fails when what came out of the folds is
 * worse than it must be: a mistake in features, labels, engines or calibration shows here first.
 */
@Tag("Q-02")
class ModelQualityTest {
  /** Long enough for every figure to stand clear of its limit whatever the first trials are. */
  private static final SimulationSpec MARKET =
      new SimulationSpec(4, 20_000, BarInterval.M1, 80, 17);

  private static final int TRIALS = 2;
  private static final double MOST_CALIBRATION_ERROR = 0.05;

  private static BundleManifest trained;

  @BeforeAll
  static void train() {
    Policies policies = PolicyFiles.read(TestServers.configFolder());
    try (Workers workers = new Workers(2)) {
      trained =
          new TrainCandidate(
                  policies,
                  TrainingSpec.by(policies.retrain(), 1, TRIALS, EngineChoice.BOTH),
                  workers,
                  (stage, percent) -> {})
              .train(rows(policies))
              .manifest();
    }
  }

  private static TrainingSet rows(Policies policies) {
    SimulatedMarket market = new MarketSimulator(MARKET).simulate();
    BuildSamples build = new BuildSamples(policies.core());
    return new TrainingSet(
        FeatureSchema.current(),
        MARKET.interval(),
        market.pairs().stream()
            .map(
                pair ->
                    build.of(
                        pair,
                        market.instruments().get(pair.a()),
                        market.instruments().get(pair.b()),
                        MARKET.interval(),
                        joined(market, pair)))
            .toList());
  }

  private static List<PairBar> joined(SimulatedMarket market, Pair pair) {
    List<Bar> a = market.bars().get(pair.a());
    List<Bar> b = market.bars().get(pair.b());
    return IntStream.range(0, a.size())
        .mapToObj(i -> new PairBar(pair, a.get(i), b.get(i)))
        .toList();
  }

  @Test
  void ai1_tells_divergences_that_close_from_those_that_do_not() {
    assertKnowsSomething(ModelType.AI1);
  }

  @Test
  void ai2_tells_risk_events_from_quiet_horizons() {
    assertKnowsSomething(ModelType.AI2);
  }

  @Test
  void ai3_foretells_the_size_that_keeps_risk_in_budget_better_than_its_mean_does() {
    Rmse rmse = (Rmse) trained.model(ModelType.AI3).metrics();
    assertThat(rmse.rmse()).isLessThan(rmse.baseRmse());
  }

  private static void assertKnowsSomething(ModelType type) {
    ClassificationMetrics metrics = (ClassificationMetrics) trained.model(type).metrics();
    assertThat(metrics.aucWithinFolds()).isGreaterThan(0.5 + 2 * metrics.aucStandardError());
    assertThat(metrics.brier()).isLessThan(metrics.baseBrier());
    assertThat(metrics.ece()).isLessThan(MOST_CALIBRATION_ERROR);
  }
}

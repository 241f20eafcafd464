package io.mlassets.trainer.report;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.BacktestResult;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.Resampling;
import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Scores;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.MarketView;
import io.mlassets.label.Label;
import io.mlassets.market.BarInterval;
import io.mlassets.market.PairBar;
import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.policy.CorePolicy;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.PairSamples;
import io.mlassets.trainer.dataset.Sample;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.Histories;
import io.mlassets.trainer.pipeline.OutOfFold;
import io.mlassets.trainer.theta.ThresholdSearch;
import io.mlassets.trainer.theta.ThresholdsFound;
import io.mlassets.trainer.validation.Embargo;
import io.mlassets.trainer.validation.Fold;
import io.mlassets.trainer.validation.PurgedKFold;
import io.mlassets.trainer.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A run without models: scores are drawn, folds, thresholds and backtest are real. */
final class SampleRun {
  static final double EMBARGO = 0.02;
  static final CorePolicy POLICY = SamplePolicies.core(SamplePolicies.QUICK);

  private SampleRun() {}

  /** All a report is made of, but the models' own parts. */
  static ReportData data() {
    List<PairBar> bars = SampleMarket.bars(4_000, 31);
    TrainingSet set = set(bars);
    List<Fold> folds = new PurgedKFold(5, new Embargo(EMBARGO, Duration.ZERO)).split(set.spans());
    List<OutOfFold> scored = scored(set, folds);
    Backtest backtest = new Backtest(POLICY, Histories.of(set, scored));
    ThresholdsFound found;
    try (Workers workers = new Workers(1)) {
      List<Period> periods = folds.stream().map(Fold::period).toList();
      found = new ThresholdSearch(POLICY, backtest, periods, workers, 3).search();
    }
    Period period = new Period(set.firstBar(), set.interval().endOf(set.lastBar()));
    BacktestResult result =
        backtest.run(found.nested(), List.of(period), new Resampling(100, 48, 0.95, 3));
    ModelBundle bundle =
        BundleFile.read(
            SampleBundles.bytes(
                new ModelVersion("20250101_0000"), List.of(SampleMarket.PAIR), BarInterval.H1),
            SampleBundles.KEY);
    Candidate candidate =
        new Candidate(
            bundle.manifest(),
            Map.of(),
            List.of(),
            scored,
            folds,
            result,
            backtest.atCosts(2).quick(found.nested(), List.of(period)),
            period,
            found.nested(),
            found.surface(),
            List.of(),
            List.of(),
            backtest.atCosts(2).series(found.nested(), List.of(period)),
            List.of());
    return new ReportData(
        bundle, "bars", set, candidate, new Verdict.Rejected(List.of(), List.of()));
  }

  private static TrainingSet set(List<PairBar> bars) {
    List<Sample> samples = new ArrayList<>();
    for (MarketView view : SampleMarket.views(bars, SamplePolicies.QUICK)) {
      if (DecisionRule.isCandidate(view.spread(), SamplePolicies.QUICK)) {
        Instant ts = view.bar().ts();
        Instant end = ts.plusSeconds(12 * 3_600);
        samples.add(new Sample(view, new Label(SampleMarket.PAIR, ts, false, false, 0.5, end)));
      }
    }
    return new TrainingSet(
        FeatureSchema.current(),
        BarInterval.H1,
        List.of(
            new PairSamples(
                SampleMarket.PAIR,
                SampleMarket.instrument(SampleMarket.PAIR.a()),
                SampleMarket.instrument(SampleMarket.PAIR.b()),
                bars,
                samples)));
  }

  private static List<OutOfFold> scored(TrainingSet set, List<Fold> folds) {
    SplittableRandom random = new SplittableRandom(4);
    List<OutOfFold> scored = new ArrayList<>();
    for (Fold fold : folds) {
      for (int row : fold.test()) {
        Scores scores = new Scores(random.nextDouble(0.5, 1), random.nextDouble(0.1, 0.9), 1);
        scored.add(new OutOfFold(set.samples().get(row), fold.number(), scores));
      }
    }
    return scored;
  }
}

package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.BacktestResult;
import io.mlassets.backtest.Overfitting;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.Resampling;
import io.mlassets.decision.Scores;
import io.mlassets.feature.KnownDirections;
import io.mlassets.label.Labels;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.model.Identity;
import io.mlassets.model.ModelEntry;
import io.mlassets.model.ModelMetrics;
import io.mlassets.model.ModelType;
import io.mlassets.model.Objective;
import io.mlassets.model.Preprocessing;
import io.mlassets.model.Rmse;
import io.mlassets.policy.Policies;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.engine.TrainedTrees;
import io.mlassets.trainer.engine.TrainingRows;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.importance.FeatureImportance;
import io.mlassets.trainer.search.TrialLogs;
import io.mlassets.trainer.theta.ThresholdSearch;
import io.mlassets.trainer.theta.ThresholdsFound;
import io.mlassets.trainer.validation.BothKinds;
import io.mlassets.trainer.validation.Embargo;
import io.mlassets.trainer.validation.Fold;
import io.mlassets.trainer.validation.LeakCheck;
import io.mlassets.trainer.validation.PurgedKFold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a candidate of a training set: purged folds, a search per model and engine, calibration and
 * thresholds on out-of-fold scores, an honest backtest, and a last fit on all rows. The result
 * depends on rows, policies and spec alone, not on threads or time.
 */
public final class TrainCandidate {
  /** Scope of the models made. */
  public static final String SCOPE = "all";

  private static final int REPLICATES = 1_000;
  private static final int GOLDEN_ROWS = 16;
  private final Policies policies;
  private final TrainingSpec spec;
  private final Workers workers;
  private final ProgressListener progress;
  private final TrialLogs trialLogs;

  /** A run by policies and spec; {@code workers} share the work. */
  public TrainCandidate(
      Policies policies, TrainingSpec spec, Workers workers, ProgressListener progress) {
    this(policies, spec, workers, progress, TrialLogs.none());
  }

  /** The same, which writes its parameter trials as they end and goes on from those written. */
  public TrainCandidate(
      Policies policies,
      TrainingSpec spec,
      Workers workers,
      ProgressListener progress,
      TrialLogs trialLogs) {
    this.policies = policies;
    this.spec = spec;
    this.workers = workers;
    this.progress = progress;
    this.trialLogs = trialLogs;
  }

  /** The candidate. */
  public Candidate train(TrainingSet set) {
    progress.at("folds", 10);
    double[] features = set.features();
    Embargo embargo =
        Embargo.of(spec.embargo(), policies.core().trading().featureWindow(), set.interval());
    List<Fold> split = new PurgedKFold(spec.folds(), embargo).split(set.spans());
    BothKinds.require(ModelType.AI1.name(), set.returnLabels(), split);
    BothKinds.require(ModelType.AI2.name(), set.riskLabels(), split);
    List<FoldData> folds =
        workers.map(split, fold -> FoldData.prepare(fold, set.schema(), features));
    int[] foldOf = CrossFitted.foldOf(split, set.rows());
    Map<ModelType, Searched> found =
        new SearchModels(spec, policies.retrain().search(), workers, progress, trialLogs)
            .search(targets(set), folds);
    CrossFitted returnProb = CrossFitted.of(oof(found, ModelType.AI1), set.returnLabels(), split);
    CrossFitted riskScore = CrossFitted.of(oof(found, ModelType.AI2), set.riskLabels(), split);
    double[] scale =
        Arrays.stream(oof(found, ModelType.AI3)).map(raw -> new Identity().apply(raw)).toArray();
    List<OutOfFold> scored = scored(set, foldOf, returnProb, riskScore, scale);

    progress.at("thresholds", 75);
    Backtest backtest = new Backtest(policies.core(), Histories.of(set, scored));
    List<Period> periods = split.stream().map(Fold::period).toList();
    ThresholdsFound thresholds =
        new ThresholdSearch(policies.core(), backtest, periods, workers, spec.seed()).search();

    progress.at("paths", 80);
    List<Double> paths =
        new CombinatorialPaths(set, features, targets(set), found, workers)
            .sharpes(policies.core(), thresholds.nested(), embargo);

    progress.at("backtest", 86);
    Period period = new Period(set.firstBar(), set.interval().endOf(set.lastBar()));
    BacktestResult result = backtest.run(thresholds.nested(), List.of(period), resampling());
    BacktestMetrics doubleCosts = backtest.atCosts(2).quick(thresholds.nested(), List.of(period));
    Overfitting overfitting =
        new MeasureOverfitting(spec.confidence(), result.metrics().barsPerYear())
            .of(
                backtest.series(thresholds.nested().live().thresholds()).copy(),
                result.series().copy(),
                thresholds,
                paths,
                modelTrials(found));

    progress.at("final fit", 90);
    Preprocessing preprocessing = Preprocessing.fit(set.schema(), features);
    double[] prepared = preprocessing.applyAll(features);
    int width = set.schema().size();
    int[] categorical = preprocessing.categoricalColumns();
    List<FittedModel> models =
        workers.map(
            targets(set),
            target -> {
              Searched searched = found(found, target.type());
              TrainingRows rows =
                  new TrainingRows(
                      prepared,
                      width,
                      target.labels(),
                      target.weights(),
                      categorical,
                      target.directionsOf(set.schema().names()));
              return fit(set, target, searched, rows, foldOf, returnProb, riskScore, scale);
            });
    progress.at("importance", 93);
    List<FeatureImportance> importances =
        new MeasureImportance(folds, workers, spec.seed())
            .of(set.schema().names(), targets(set), found, models);
    BundleManifest manifest =
        manifest(set, preprocessing, models, thresholds, result.metrics(), overfitting, scored);
    Map<ModelType, String> texts = new EnumMap<>(ModelType.class);
    models.forEach(model -> texts.put(model.type(), model.text()));
    return new Candidate(
        manifest,
        texts,
        goldenRows(features, width),
        scored,
        split,
        result,
        doubleCosts,
        period,
        thresholds.nested(),
        thresholds.surface(),
        new LeakCheck(policies.retrain().adoption().leakMax()).find(set),
        found.values().stream().flatMap(searched -> searched.histories().stream()).toList(),
        backtest.atCosts(2).series(thresholds.nested(), List.of(period)),
        importances);
  }

  /** Models that could have been taken: of each of both probabilities, by each calibration too. */
  private static int modelTrials(Map<ModelType, Searched> found) {
    int searched = found.values().stream().mapToInt(Searched::looks).sum();
    return searched + 2 * (CrossFitted.methods() - 1);
  }

  private List<Target> targets(TrainingSet set) {
    double[] weights = set.weights(policies.retrain().sampleWeights());
    return List.of(
        new Target(
            ModelType.AI1,
            Objective.BINARY,
            set.returnLabels(),
            weights,
            KnownDirections.ofReturn()),
        new Target(ModelType.AI2, Objective.BINARY, set.riskLabels(), weights, Map.of()),
        new Target(ModelType.AI3, Objective.REGRESSION, set.scaleTargets(), weights, Map.of()));
  }

  static Searched found(Map<ModelType, Searched> found, ModelType type) {
    Searched searched = found.get(type);
    if (searched == null) {
      throw new IllegalStateException("no search was made for " + type);
    }
    return searched;
  }

  private static double[] oof(Map<ModelType, Searched> found, ModelType type) {
    return found(found, type).oof();
  }

  private static List<OutOfFold> scored(
      TrainingSet set,
      int[] foldOf,
      CrossFitted returnProb,
      CrossFitted riskScore,
      double[] scale) {
    List<OutOfFold> scored = new ArrayList<>(set.rows());
    for (int row = 0; row < set.rows(); row++) {
      Scores scores =
          new Scores(returnProb.probabilities()[row], riskScore.probabilities()[row], scale[row]);
      scored.add(new OutOfFold(set.samples().get(row), foldOf[row], scores));
    }
    return scored;
  }

  /** Blocks are four holding periods long, so that trades lie within one. */
  private Resampling resampling() {
    int block = 4 * policies.core().trading().holdingBars();
    return new Resampling(REPLICATES, block, spec.confidence(), spec.seed());
  }

  private FittedModel fit(
      TrainingSet set,
      Target target,
      Searched searched,
      TrainingRows rows,
      int[] foldOf,
      CrossFitted returnProb,
      CrossFitted riskScore,
      double[] scale) {
    Recipe recipe = searched.whole();
    TrainedTrees trees = recipe.train(rows, target.objective());
    CrossFitted calibrated = target.type() == ModelType.AI1 ? returnProb : riskScore;
    boolean regression = target.objective() == Objective.REGRESSION;
    ModelMetrics metrics =
        regression
            ? Rmse.of(scale, target.labels())
            : ClassificationMetrics.ofFolds(
                calibrated.probabilities(),
                target.labels(),
                foldOf,
                TimeBlocks.of(set, policies.core().trading().holdingBars()),
                REPLICATES,
                spec.seed());
    ModelEntry entry =
        new ModelEntry(
            ModelEntry.fileOf(target.type(), recipe.engine()),
            recipe.engine(),
            TreeEngine.of(recipe.engine()).version(),
            target.objective(),
            set.schema().names(),
            recipe.params(),
            searched.trials(),
            regression ? new Identity() : calibrated.calibration(),
            metrics);
    return new FittedModel(target.type(), entry, trees.text());
  }

  private BundleManifest manifest(
      TrainingSet set,
      Preprocessing preprocessing,
      List<FittedModel> models,
      ThresholdsFound thresholds,
      BacktestMetrics backtest,
      Overfitting overfitting,
      List<OutOfFold> scored) {
    TreeMap<ModelType, ModelEntry> entries = new TreeMap<>();
    models.forEach(model -> entries.put(model.type(), model.entry()));
    return new BundleManifest(
        BundleManifest.FORMAT,
        SCOPE,
        set.pairIds(),
        set.interval(),
        spec.seed(),
        set.firstBar(),
        set.lastBar(),
        set.schema().names(),
        set.schema().hash(),
        new Labels(policies.core()).spec(),
        policies.hash(),
        preprocessing,
        entries,
        thresholds.nested().live().thresholds(),
        thresholds.trials(),
        backtest,
        overfitting,
        ValidatedOutputs.of(scored, set.interval(), policies.core().trading().holdingBars()),
        new TreeMap<>());
  }

  /** Rows spread evenly over the sample. */
  private static List<double[]> goldenRows(double[] features, int width) {
    int rows = features.length / width;
    int count = Math.min(GOLDEN_ROWS, rows);
    List<double[]> golden = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) i * rows / count);
      golden.add(Arrays.copyOfRange(features, row * width, (row + 1) * width));
    }
    return golden;
  }
}

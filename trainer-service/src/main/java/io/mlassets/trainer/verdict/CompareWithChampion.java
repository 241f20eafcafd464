package io.mlassets.trainer.verdict;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.Resampling;
import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelType;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.Histories;
import io.mlassets.trainer.pipeline.OutOfFold;
import io.mlassets.trainer.validation.Fold;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the model that decides live and lets it meet the candidate on bars it was not trained on:
 * the candidate by its out-of-fold scores and nested thresholds, the champion as it would decide
 * live. Only the candidate's last fold counts, because only there its models, too, are older than
 * the bars: those of earlier folds were trained on what came after.
 */
public final class CompareWithChampion {
  private final ModelRegistry registry;
  private final StoredChampions stored;
  private final BundleKey key;
  private final CorePolicy policy;

  /** Champions of one registry. */
  public CompareWithChampion(
      ModelRegistry registry, StoredChampions stored, BundleKey key, CorePolicy policy) {
    this.registry = registry;
    this.stored = stored;
    this.key = key;
    this.policy = policy;
  }

  /** Whom the candidate has to beat. */
  public Opposition meet(TrainingSet set, Candidate candidate) {
    return registry
        .deciding(candidate.manifest().scope())
        .map(deciding -> meet(deciding, set, candidate))
        .orElseGet(Opposition.None::new);
  }

  private Opposition meet(RegisteredModel deciding, TrainingSet set, Candidate candidate) {
    ModelVersion version = deciding.version();
    ModelBundle champion = null;
    String why = null;
    try {
      champion =
          BundleFile.read(
              registry
                  .artifact(version)
                  .orElseThrow(
                      () -> new InvalidBundleException("it is not in core.model_artifacts")),
              key);
      champion.requireSchema(set.schema().hash());
    } catch (InvalidBundleException e) {
      why = String.valueOf(e.getMessage());
    }
    List<Pair> pairs = champion == null ? stored.pairs(version) : champion.manifest().pairs();
    List<Pair> missing = pairs.stream().filter(pair -> !set.pairIds().contains(pair)).toList();
    if (!missing.isEmpty()) {
      return new Opposition.OtherPairs(version, missing);
    }
    if (champion != null && why == null) {
      BarInterval interval = champion.manifest().interval();
      if (interval.equals(set.interval())) {
        return compare(champion, deciding.thresholds(), set, candidate);
      }
      why = "it decides on %s bars, the candidate on %s".formatted(interval, set.interval());
    }
    return onRecord(version, String.valueOf(why), candidate);
  }

  private Opposition onRecord(ModelVersion version, String why, Candidate candidate) {
    BacktestMetrics metrics = candidate.backtest().metrics();
    Figures now =
        new Figures(
            metrics.sharpe(),
            metrics.sharpeLow(),
            metrics.trades(),
            auc(candidate, ModelType.AI1),
            auc(candidate, ModelType.AI2));
    return stored
        .figures(version)
        .<Opposition>map(before -> new Opposition.Recorded(version, why, now, before))
        .orElseGet(() -> new Opposition.Unknown(version, why));
  }

  private static @Nullable Double auc(Candidate candidate, ModelType type) {
    return candidate.manifest().model(type).metrics() instanceof ClassificationMetrics metrics
            && !Double.isNaN(metrics.aucWithinFolds())
        ? Double.valueOf(metrics.aucWithinFolds())
        : null;
  }

  private Opposition compare(
      ModelBundle champion, Thresholds inForce, TrainingSet set, Candidate candidate) {
    Instant trainedTo = champion.manifest().trainTo();
    Fold last = candidate.folds().getLast();
    List<Pair> pairs = champion.manifest().pairs();
    List<OutOfFold> fresh =
        candidate.outOfFold().stream()
            .filter(row -> row.fold() == last.number())
            .filter(row -> row.sample().label().ts().isAfter(trainedTo))
            .filter(row -> pairs.contains(row.sample().label().pair()))
            .toList();
    if (fresh.isEmpty()) {
      return new Opposition.NothingNew(champion.version(), trainedTo);
    }
    Instant from = trainedTo.plusNanos(1);
    Period period =
        new Period(
            from.isBefore(last.period().from()) ? last.period().from() : from,
            candidate.period().to());
    List<OutOfFold> rescored =
        fresh.stream()
            .map(
                row ->
                    new OutOfFold(
                        row.sample(), row.fold(), champion.score(row.sample().view().features())))
            .toList();
    BacktestMetrics mine =
        new Backtest(policy, Histories.of(set, fresh))
            .run(candidate.thresholds(), List.of(period), resampling(candidate))
            .metrics();
    BacktestMetrics theirs =
        new Backtest(policy, Histories.of(set, rescored))
            .quick(ThresholdsAt.always(inForce), List.of(period));
    return new Opposition.Compared(
        new Comparison(
            champion.version(), period, figures(mine, fresh), figures(theirs, rescored)));
  }

  private Resampling resampling(Candidate candidate) {
    return new Resampling(
        100, 4 * policy.trading().holdingBars(), 0.95, candidate.manifest().seed());
  }

  private static Figures figures(BacktestMetrics metrics, List<OutOfFold> rows) {
    return new Figures(
        metrics.sharpe(),
        metrics.sharpeLow(),
        metrics.trades(),
        auc(rows, Scores::returnProb, row -> row.sample().label().reverted() ? 1 : 0),
        auc(rows, Scores::riskScore, row -> row.sample().label().risky() ? 1 : 0));
  }

  private static @Nullable Double auc(
      List<OutOfFold> rows, ToDoubleFunction<Scores> score, ToDoubleFunction<OutOfFold> label) {
    double[] scores = rows.stream().mapToDouble(row -> score.applyAsDouble(row.scores())).toArray();
    double[] labels = rows.stream().mapToDouble(label).toArray();
    int[] folds = rows.stream().mapToInt(OutOfFold::fold).toArray();
    double ones = Arrays.stream(labels).sum();
    if (ones == 0 || ones == labels.length) {
      return null;
    }
    double auc = ClassificationMetrics.aucWithin(scores, labels, folds);
    return Double.isNaN(auc) ? null : auc;
  }
}

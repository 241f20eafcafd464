package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.decision.Scores;
import io.mlassets.model.Identity;
import io.mlassets.model.ModelType;
import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.validation.CombinatorialPurgedKFold;
import io.mlassets.trainer.validation.CombinatorialPurgedKFold.Split;
import io.mlassets.trainer.validation.CombinatorialPurgedKFold.TestGroup;
import io.mlassets.trainer.validation.Embargo;
import io.mlassets.trainer.validation.Fold;
import io.mlassets.trainer.validation.PurgedKFold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The parameters chosen by all folds on every path of combinatorial purged cross-validation: as
 * many histories of out-of-sample scores, each by other models, as one Sharpe ratio each. They say
 * how much of the backtest hangs on where the folds happened to be cut. The rows of each path took
 * part in the choice of the parameters, so a path is not wholly out of sample.
 */
final class CombinatorialPaths {
  private static final int GROUPS = 6;
  private static final int TESTED = 2;

  private final TrainingSet set;
  private final double[] features;
  private final List<Target> targets;
  private final Map<ModelType, Searched> found;
  private final Workers workers;

  CombinatorialPaths(
      TrainingSet set,
      double[] features,
      List<Target> targets,
      Map<ModelType, Searched> found,
      Workers workers) {
    this.set = set;
    this.features = features;
    this.targets = targets;
    this.found = found;
    this.workers = workers;
  }

  /** One annualised Sharpe ratio per path, 0 for one without trades. */
  List<Double> sharpes(CorePolicy policy, ThresholdsAt thresholds, Embargo embargo) {
    CombinatorialPurgedKFold folds = new CombinatorialPurgedKFold(GROUPS, TESTED, embargo);
    List<Split> splits = folds.split(set.spans());
    List<Fold> groups = new PurgedKFold(GROUPS, embargo).split(set.spans());
    double[][][] raw = new double[folds.paths()][ModelType.values().length][set.rows()];
    List<Map<ModelType, double[]>> scored = workers.map(splits, this::scores);
    for (int i = 0; i < splits.size(); i++) {
      copy(splits.get(i), scored.get(i), raw);
    }
    List<Integer> paths = IntStream.range(0, folds.paths()).boxed().toList();
    return workers.map(paths, path -> sharpe(policy, thresholds, raw[path], groups));
  }

  private Map<ModelType, double[]> scores(Split split) {
    int[] test = split.tests().stream().flatMapToInt(t -> Arrays.stream(t.rows())).toArray();
    Period period = new Period(set.firstBar(), set.interval().endOf(set.lastBar()));
    FoldData data =
        FoldData.prepare(new Fold(0, period, split.train(), test), set.schema(), features);
    Map<ModelType, double[]> scores = new EnumMap<>(ModelType.class);
    for (Target target : targets) {
      Searched searched = TrainCandidate.found(found, target.type());
      scores.put(
          target.type(),
          searched
              .whole()
              .train(data.training(target), target.objective())
              .ensemble()
              .rawAll(data.test()));
    }
    return scores;
  }

  private static void copy(Split split, Map<ModelType, double[]> scores, double[][][] raw) {
    scores.forEach(
        (type, values) -> {
          int next = 0;
          for (TestGroup test : split.tests()) {
            for (int row : test.rows()) {
              raw[test.path()][type.ordinal()][row] = values[next++];
            }
          }
        });
  }

  /** Each group is calibrated on rows clear of it, whatever group it was tested together with. */
  private double sharpe(
      CorePolicy policy, ThresholdsAt thresholds, double[][] raw, List<Fold> groups) {
    CrossFitted returnProb =
        CrossFitted.of(raw[ModelType.AI1.ordinal()], set.returnLabels(), groups);
    CrossFitted riskScore = CrossFitted.of(raw[ModelType.AI2.ordinal()], set.riskLabels(), groups);
    int[] group = CrossFitted.foldOf(groups, set.rows());
    List<OutOfFold> scored = new ArrayList<>(set.rows());
    for (int row = 0; row < set.rows(); row++) {
      Scores scores =
          new Scores(
              returnProb.probabilities()[row],
              riskScore.probabilities()[row],
              new Identity().apply(raw[ModelType.AI3.ordinal()][row]));
      scored.add(new OutOfFold(set.samples().get(row), group[row], scores));
    }
    BacktestMetrics metrics =
        new Backtest(policy, Histories.of(set, scored)).quick(thresholds, List.of());
    Double sharpe = metrics.sharpe();
    return sharpe == null ? 0 : sharpe;
  }
}

package io.mlassets.trainer.pipeline;

import io.mlassets.model.ModelType;
import io.mlassets.model.TreeEnsemble;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.importance.FeatureImportance;
import io.mlassets.trainer.importance.Gain;
import io.mlassets.trainer.importance.Permutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Importance of every feature for every model: by permutation on each fold's test rows, of the
 * model its out-of-fold scores are of, and by gain inside the final trees.
 */
final class MeasureImportance {
  private static final int REPEATS = 3;

  /** Rows a fold is judged on at most, evenly spread: importance is read from bars on paper. */
  private static final int ROWS = 1_000;

  private final List<FoldData> folds;
  private final Workers workers;
  private final long seed;

  MeasureImportance(List<FoldData> folds, Workers workers, long seed) {
    this.folds = folds;
    this.workers = workers;
    this.seed = seed;
  }

  private record Task(Target target, Searched found, FoldData fold) {}

  /** By model, then feature in the schema's order. */
  List<FeatureImportance> of(
      List<String> names,
      List<Target> targets,
      Map<ModelType, Searched> found,
      List<FittedModel> models) {
    List<Task> tasks = new ArrayList<>();
    for (Target target : targets) {
      folds.forEach(
          fold -> tasks.add(new Task(target, TrainCandidate.found(found, target.type()), fold)));
    }
    List<double[]> increases = workers.map(tasks, this::increases);
    List<FeatureImportance> all = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      List<double[]> ofModel = increases.subList(t * folds.size(), (t + 1) * folds.size());
      FittedModel model = models.get(t);
      double[] gain = Gain.shares(model.entry().engine(), model.text(), names.size());
      for (int column = 0; column < names.size(); column++) {
        int feature = column;
        double[] perFold = ofModel.stream().mapToDouble(fold -> fold[feature]).toArray();
        double mean = Arrays.stream(perFold).average().orElseThrow();
        double squares = Arrays.stream(perFold).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (perFold.length - 1) / perFold.length);
        all.add(new FeatureImportance(model.type(), names.get(column), mean, error, gain[column]));
      }
    }
    return all;
  }

  private double[] increases(Task task) {
    FoldData fold = task.fold();
    TreeEnsemble trees =
        task.found()
            .byFold()
            .get(fold.fold().number())
            .train(fold.training(task.target()), task.target().objective())
            .ensemble();
    int[] test = fold.fold().test();
    int count = Math.min(ROWS, test.length);
    int[] taken =
        IntStream.range(0, count).map(i -> (int) ((long) i * test.length / count)).toArray();
    int[] rows = Arrays.stream(taken).map(i -> test[i]).toArray();
    double[] values = new double[count * fold.columns()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          fold.test(), taken[i] * fold.columns(), values, i * fold.columns(), fold.columns());
    }
    return new Permutation(REPEATS, seed + fold.fold().number())
        .lossIncreases(values, fold.columns(), x -> task.target().loss(trees.rawAll(x), rows));
  }
}

package io.mlassets.trainer.pipeline;

import io.mlassets.trainer.Workers;
import io.mlassets.trainer.search.Choice;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Chooses engine, trial and number of trees: for each fold by the losses of the other folds, and
 * scores the fold's rows by a model of that choice, so that no figure is of rows its parameters
 * were picked by. The choice by all folds is for rows nobody has seen.
 */
final class NestedChoice {
  private final List<FoldData> folds;
  private final Workers workers;

  NestedChoice(List<FoldData> folds, Workers workers) {
    this.folds = folds;
    this.workers = workers;
  }

  /** Among all engines' trials for one model. */
  Searched of(Target target, List<EngineStudy> studies) {
    List<Recipe> recipes =
        IntStream.range(0, folds.size()).mapToObj(k -> best(studies, fold -> fold != k)).toList();
    double[] oof = new double[target.labels().length];
    double loss =
        workers
            .map(
                IntStream.range(0, folds.size()).boxed().toList(),
                k -> score(target, folds.get(k), recipes.get(k), oof))
            .stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow();
    return new Searched(
        best(studies, fold -> true),
        recipes,
        loss,
        oof,
        studies.stream().map(study -> study.history(target.type())).toList());
  }

  private record Offer(Choice choice, Recipe recipe) {}

  /** The lowest loss; the first engine of equals. */
  private static Recipe best(List<EngineStudy> studies, IntPredicate asked) {
    return studies.stream()
        .map(
            study -> {
              Choice choice = study.by(asked);
              return new Offer(choice, study.recipe(choice));
            })
        .min(Comparator.comparingDouble(offer -> offer.choice().loss()))
        .orElseThrow()
        .recipe();
  }

  private static double score(Target target, FoldData fold, Recipe recipe, double[] oof) {
    double[] raw =
        recipe.train(fold.training(target), target.objective()).ensemble().rawAll(fold.test());
    int[] test = fold.fold().test();
    for (int i = 0; i < test.length; i++) {
      oof[test[i]] = raw[i];
    }
    return target.loss(raw, test);
  }
}

package io.mlassets.trainer.pipeline;

import io.mlassets.trainer.engine.BinnedRows;
import io.mlassets.trainer.engine.TrainedTrees;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.Goal;
import io.mlassets.trainer.search.Proposal;
import io.mlassets.trainer.search.SearchSpaces;
import io.mlassets.trainer.search.Study;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches the parameters of one engine for one model by out-of-fold loss. Trials follow each
 * other, because each proposal depends on the trials before; folds are binned once for all of them.
 * A trial whose mean loss after a fold is above the median of the earlier trials' at that fold is
 * given up (the median rule of Vizier, Golovin et al. 2017), once there are enough of them.
 */
final class SearchParameters {
  private static final int TRIALS_BEFORE_PRUNING = 4;
  private final TreeEngine engine;
  private final Target target;
  private final List<FoldData> folds;
  private final int rows;
  private final List<List<Double>> finished = new ArrayList<>();
  private @Nullable Searched best;

  SearchParameters(TreeEngine engine, Target target, List<FoldData> folds) {
    this.engine = engine;
    this.target = target;
    this.folds = folds;
    this.rows = target.labels().length;
  }

  /** Makes so many trials; {@code afterTrial} is told after each. */
  Searched search(long seed, int trials, Runnable afterTrial) {
    Study study = new Study(SearchSpaces.of(engine.id()), Goal.MINIMISE, seed);
    List<BinnedRows> binned = new ArrayList<>();
    try {
      for (FoldData fold : folds) {
        binned.add(engine.bin(fold.labelled(target.labels()), 1));
      }
      for (int trial = 0; trial < trials; trial++) {
        attempt(study, binned, trials);
        afterTrial.run();
      }
    } finally {
      binned.forEach(BinnedRows::close);
    }
    Searched found = best;
    if (found == null) {
      throw new IllegalStateException("the first trials are never pruned, yet none finished");
    }
    return found;
  }

  private void attempt(Study study, List<BinnedRows> binned, int trials) {
    Proposal proposal = study.ask();
    double[] oof = new double[rows];
    List<Double> means = new ArrayList<>();
    double sum = 0;
    for (int k = 0; k < folds.size(); k++) {
      sum += foldLoss(k, proposal, binned.get(k), oof);
      means.add(sum / (k + 1));
      if (k + 1 < folds.size() && isHopeless(means)) {
        study.tellPruned(proposal, means);
        return;
      }
    }
    finished.add(means);
    study.tell(proposal, means.getLast(), means);
    Searched sofar = best;
    if (sofar == null || means.getLast() < sofar.loss()) {
      best =
          new Searched(
              engine.id(), proposal.params(), proposal.seed(), means.getLast(), oof, trials);
    }
  }

  private double foldLoss(int k, Proposal proposal, BinnedRows binned, double[] oof) {
    FoldData data = folds.get(k);
    TrainedTrees trees =
        engine.train(binned, proposal.params(), target.objective(), proposal.seed(), 1);
    double[] raw = trees.ensemble().rawAll(data.test());
    int[] test = data.fold().test();
    for (int i = 0; i < test.length; i++) {
      oof[test[i]] = raw[i];
    }
    return target.loss(raw, test);
  }

  private boolean isHopeless(List<Double> means) {
    if (finished.size() < TRIALS_BEFORE_PRUNING) {
      return false;
    }
    int step = means.size() - 1;
    double[] earlier = finished.stream().mapToDouble(m -> m.get(step)).sorted().toArray();
    int middle = earlier.length / 2;
    double median =
        earlier.length % 2 == 1 ? earlier[middle] : (earlier[middle - 1] + earlier[middle]) / 2;
    return means.getLast() > median;
  }
}

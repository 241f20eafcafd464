package io.mlassets.trainer.search;

import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import io.mlassets.trainer.engine.GrowingTrees;
import io.mlassets.trainer.engine.TreeEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Trials of one engine: parameters are judged by their mean loss over the folds' test rows, fold
 * after fold, and within a fold after each tenth of the trial's trees. What a trial shows at a step
 * is the mean of the best losses of its earlier folds and of the loss just reached. A fold stops
 * early when its loss has not fallen for {@code patience} tenths. A trial's value is the lowest
 * point of the mean loss curve as far as all folds went; the trees there are its number of trees.
 */
public final class FoldTrials implements RunStudy.Attempt {
  /** Steps of a fold. */
  public static final int RUNGS = 10;

  /** No fold stops early. */
  public static final int NO_EARLY_STOPPING = RUNGS;

  private static final double SMALLEST = 1e-15;

  private final TreeEngine engine;
  private final Objective objective;
  private final List<ScoredFold> folds;
  private final int patience;

  /**
   * Trials on folds of that engine, which must stay open; the loss is log loss, or squared error.
   */
  public FoldTrials(TreeEngine engine, Objective objective, List<ScoredFold> folds, int patience) {
    this.engine = engine;
    this.objective = objective;
    this.folds = List.copyOf(folds);
    this.patience = patience;
  }

  @Override
  public Trial run(Proposal proposal, Predicate<List<Double>> isHopeless) {
    Run run = new Run(proposal, isHopeless);
    for (ScoredFold fold : folds) {
      if (run.isHopelessIn(fold)) {
        return Trial.givenUp(
            proposal, run.shown, treesAt(proposal.params(), run.curves.getLast().size() - 1));
      }
    }
    Choice.Lowest lowest = Choice.Lowest.of(run.curves);
    return Trial.finished(
        proposal, lowest.loss(), run.shown, treesAt(proposal.params(), lowest.rung()), run.curves);
  }

  /** One trial on its way through the folds. */
  private final class Run {
    private final Proposal proposal;
    private final Predicate<List<Double>> isHopeless;
    private final List<Double> shown = new ArrayList<>();
    private final List<List<Double>> curves = new ArrayList<>();
    private double earlier;

    Run(Proposal proposal, Predicate<List<Double>> isHopeless) {
      this.proposal = proposal;
      this.isHopeless = isHopeless;
    }

    boolean isHopelessIn(ScoredFold fold) {
      List<Double> curve = new ArrayList<>();
      curves.add(curve);
      int best = 0;
      try (GrowingTrees trees =
          engine.grow(
              fold.train(), fold.test(), proposal.params(), objective, proposal.seed(), 1)) {
        for (int rung = 0; rung < RUNGS && rung - best <= patience; rung++) {
          trees.growTo(treesAt(proposal.params(), rung));
          curve.add(loss(trees.scores(), fold.labels()));
          best = curve.get(rung) < curve.get(best) ? rung : best;
          if (isHopelessAt(curve.get(rung))) {
            return true;
          }
        }
      }
      // A fold that stopped early has shown all it can: it is held against others as it stands.
      for (int rung = curve.size(); rung < RUNGS; rung++) {
        if (isHopelessAt(curve.get(best))) {
          return true;
        }
      }
      earlier += curve.get(best);
      return false;
    }

    private boolean isHopelessAt(double loss) {
      shown.add((earlier + loss) / (1 + shown.size() / RUNGS));
      return shown.size() < folds.size() * RUNGS && isHopeless.test(shown);
    }
  }

  static int treesAt(TreeParams params, int rung) {
    return (int) Math.ceil(params.get(TreeEngine.TREES) * (rung + 1) / RUNGS);
  }

  private double loss(double[] scores, double[] labels) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum +=
          objective == Objective.BINARY
              ? logLoss(scores[i], labels[i])
              : square(scores[i] - labels[i]);
    }
    return sum / scores.length;
  }

  private static double logLoss(double probability, double label) {
    double right = label == 1 ? probability : 1 - probability;
    return -StrictMath.log(Math.max(right, SMALLEST));
  }

  private static double square(double x) {
    return x * x;
  }
}

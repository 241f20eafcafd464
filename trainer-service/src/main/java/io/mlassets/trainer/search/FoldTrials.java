package io.mlassets.trainer.search;

import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.engine.GrowingTrees;
import io.mlassets.trainer.engine.TreeEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Trials of one engine: parameters are judged by their mean loss over the folds' test rows, fold
 * after fold, and within a fold after each tenth of the trial's trees. What a trial shows at a step
 * is the mean of the best losses of its earlier folds and of the loss just reached. A fold stops
 * early when its loss has not fallen for {@code patience} tenths. A trial's value is the lowest
 * point of the mean loss curve as far as all folds went; the trees there are its number of trees.
 *
 * <p>Workers with nothing to do grow a trial's later folds ahead, the last one first. That changes
 * when a trial ends, never what it shows.
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
  private final Workers workers;

  /**
   * Trials on folds of that engine, which must stay open; the loss is log loss, or squared error.
   *
   * @param workers who may grow folds ahead
   */
  public FoldTrials(
      TreeEngine engine,
      Objective objective,
      List<ScoredFold> folds,
      int patience,
      Workers workers) {
    this.engine = engine;
    this.objective = objective;
    this.folds = List.copyOf(folds);
    this.patience = patience;
    this.workers = workers;
  }

  @Override
  public Trial run(Proposal proposal, Predicate<List<Double>> isHopeless) {
    Run run = new Run(proposal, isHopeless);
    try {
      for (int k = 0; k < folds.size(); k++) {
        if (run.isHopelessIn(k)) {
          return Trial.givenUp(
              proposal, run.shown, treesAt(proposal.params(), run.curves.getLast().size() - 1));
        }
      }
    } finally {
      run.endAhead();
    }
    Choice.Lowest lowest = Choice.Lowest.of(run.curves);
    return Trial.finished(
        proposal, lowest.loss(), run.shown, treesAt(proposal.params(), lowest.rung()), run.curves);
  }

  /** Whether growing ends with the loss just reached. */
  @FunctionalInterface
  private interface Look {
    boolean isLast(double loss);
  }

  /**
   * Losses of a fold after each tenth of the trees, until none is hoped for or the look says so.
   */
  private List<Double> curve(Proposal proposal, int k, Look look) {
    ScoredFold fold = folds.get(k);
    List<Double> curve = new ArrayList<>();
    int best = 0;
    try (GrowingTrees trees =
        engine.grow(fold.train(), fold.test(), proposal.params(), objective, proposal.seed(), 1)) {
      for (int rung = 0; rung < RUNGS && rung - best <= patience; rung++) {
        trees.growTo(treesAt(proposal.params(), rung));
        curve.add(loss(trees.scores(), fold.labels()));
        best = curve.get(rung) < curve.get(best) ? rung : best;
        if (look.isLast(curve.get(rung))) {
          break;
        }
      }
    }
    return curve;
  }

  /** One trial on its way through the folds. */
  private final class Run {
    private final Proposal proposal;
    private final Predicate<List<Double>> isHopeless;
    private final List<Double> shown = new ArrayList<>();
    private final List<List<Double>> curves = new ArrayList<>();

    /** Folds grown ahead, the last one first. */
    private final List<Future<List<Double>>> ahead = new ArrayList<>();

    private volatile boolean ended;
    private boolean hopeless;
    private double earlier;

    Run(Proposal proposal, Predicate<List<Double>> isHopeless) {
      this.proposal = proposal;
      this.isHopeless = isHopeless;
    }

    boolean isHopelessIn(int k) {
      List<Double> curve = new ArrayList<>();
      curves.add(curve);
      if (k < folds.size() - ahead.size()) {
        curve(
            proposal,
            k,
            loss -> {
              growAhead(k);
              return isHopelessAt(curve, loss);
            });
      } else {
        for (double loss : Workers.resultOf(ahead.get(folds.size() - 1 - k))) {
          if (isHopelessAt(curve, loss)) {
            break;
          }
        }
      }
      double best = Collections.min(curve);
      // A fold that stopped early has shown all it can: it is held against others as it stands.
      for (int rung = curve.size(); rung < RUNGS && !hopeless; rung++) {
        show(best);
      }
      earlier += best;
      return hopeless;
    }

    /** Gives an idle worker the last fold nobody has begun, while this one grows fold k. */
    private void growAhead(int k) {
      int next = folds.size() - 1 - ahead.size();
      if (next > k) {
        workers.submitIfIdle(() -> curve(proposal, next, loss -> ended)).ifPresent(ahead::add);
      }
    }

    /** Nobody works for this trial any more when this returns. */
    void endAhead() {
      ended = true;
      ahead.forEach(Workers::resultOf);
    }

    private boolean isHopelessAt(List<Double> curve, double loss) {
      curve.add(loss);
      show(loss);
      return hopeless;
    }

    private void show(double loss) {
      shown.add((earlier + loss) / (1 + shown.size() / RUNGS));
      hopeless = shown.size() < folds.size() * RUNGS && isHopeless.test(shown);
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

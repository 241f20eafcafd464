package io.mlassets.trainer.theta;

import io.mlassets.backtest.CellFigures;
import io.mlassets.backtest.SweptCell;
import io.mlassets.backtest.ThetaSweep;
import io.mlassets.decision.Thresholds;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.Range;
import io.mlassets.policy.ThetaSearch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Bayesian optimisation between the cells of the grid: a Gaussian process over what the grid has
 * shown proposes where the improvement to be expected is largest (Jones, Schonlau and Welch 1998,
 * against the process's own best mean, because values are noisy). A Gaussian process and not TPE:
 * two smooth dimensions with hundreds of values known beforehand are its case, and its mean is the
 * surface without noise the choice needs anyway.
 */
final class Refinement {
  private static final int MOST_POINTS = 169;
  private static final int LEAST_POINTS = 8;
  private static final int PROPOSALS = 400;
  private static final double FINER = 10;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final ThetaSearch search;
  private final PassRates passRates;
  private final IntPredicate folds;
  private final SplittableRandom random;
  private final List<SweptCell> cells;
  private final Set<Thresholds> known = new HashSet<>();
  private final List<double[]> points = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();

  /**
   * A refinement of the grid as it looks over some folds.
   *
   * @param grid every cell of the grid
   * @param folds the folds that may be looked at
   * @param seed of the proposals
   */
  Refinement(CorePolicy policy, List<SweptCell> grid, IntPredicate folds, long seed) {
    this.search = policy.thetaSearch();
    this.passRates = new PassRates(policy.riskPassRate());
    this.folds = folds;
    this.random = new SplittableRandom(seed);
    this.cells = new ArrayList<>(grid);
    grid.forEach(this::know);
    List<SweptCell> telling = grid.stream().filter(cell -> isTelling(figures(cell))).toList();
    int stride = Math.max(1, (int) Math.ceil((double) telling.size() / MOST_POINTS));
    for (int i = 0; i < telling.size(); i += stride) {
      learn(telling.get(i));
    }
  }

  /** Grid and refinements with the surface over all of them. */
  @SuppressWarnings("ArrayRecordComponent") // read by position, never compared
  record Refined(List<SweptCell> cells, List<CellFigures> figures, double[] smoothed) {}

  /** Walks the cells proposed, one after the other, and smooths all there are. */
  Refined run(ThetaSweep sweep) {
    if (points.size() < LEAST_POINTS) {
      return refined(null);
    }
    GaussianProcess process = GaussianProcess.fit(xs(), ys());
    for (int i = 0; i < search.refinements(); i++) {
      SweptCell cell = sweep.walk(propose(process));
      know(cell);
      cells.add(cell);
      if (isTelling(figures(cell))) {
        learn(cell);
        process = process.refit(xs(), ys());
      }
    }
    return refined(process);
  }

  private Refined refined(@org.jspecify.annotations.Nullable GaussianProcess process) {
    List<CellFigures> figures = cells.stream().map(this::figures).toList();
    double[] smoothed = new double[figures.size()];
    for (int i = 0; i < smoothed.length; i++) {
      Double sharpe = figures.get(i).sharpe();
      double raw = sharpe == null ? Double.NEGATIVE_INFINITY : sharpe;
      smoothed[i] = process == null ? raw : process.mean(unit(cells.get(i).thresholds()));
    }
    return new Refined(List.copyOf(cells), figures, smoothed);
  }

  private Thresholds propose(GaussianProcess process) {
    double best = Double.NEGATIVE_INFINITY;
    for (double[] point : points) {
      best = Math.max(best, process.mean(point));
    }
    // Where the pass rate cannot be had, the choice could not take what is found.
    double[] theta1 = between(search.theta1());
    double[] theta2 = passRates.wanted(between(search.theta2()));
    Thresholds chosen = null;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < PROPOSALS; i++) {
      Thresholds candidate =
          new Thresholds(
              theta1[random.nextInt(theta1.length)], theta2[random.nextInt(theta2.length)]);
      double expected = known.contains(candidate) ? -1 : improvement(process, candidate, best);
      if (chosen == null || expected > most) {
        chosen = candidate;
        most = expected;
      }
    }
    if (chosen == null) {
      throw new IllegalStateException("proposals are drawn");
    }
    return chosen;
  }

  private double improvement(GaussianProcess process, Thresholds candidate, double best) {
    double[] at = unit(candidate);
    double gain = process.mean(at) - best;
    double deviation = process.deviation(at);
    if (!(deviation > 0)) {
      return Math.max(0, gain);
    }
    double z = gain / deviation;
    return gain * NORMAL.cumulativeProbability(z) + deviation * NORMAL.density(z);
  }

  /** Where a refinement may lie: steps finer than the grid's. */
  private double[] between(Range range) {
    double step = search.step() / FINER;
    long steps = Math.round((range.high() - range.low()) / step);
    return LongStream.rangeClosed(0, steps)
        .mapToDouble(i -> Math.round((range.low() + i * step) * 1e4) / 1e4)
        .map(value -> Math.min(range.high(), value))
        .toArray();
  }

  private void know(SweptCell cell) {
    known.add(cell.thresholds());
    passRates.learn(cell.thresholds().theta2(), figures(cell).passRate());
  }

  private void learn(SweptCell cell) {
    Double sharpe = figures(cell).sharpe();
    if (sharpe != null) {
      points.add(unit(cell.thresholds()));
      values.add(sharpe);
    }
  }

  private static boolean isTelling(CellFigures cell) {
    return cell.trades() >= CellChoice.LEAST_TRADES;
  }

  private CellFigures figures(SweptCell cell) {
    return cell.over(folds);
  }

  private double[] unit(Thresholds cell) {
    return new double[] {
      share(cell.theta1(), search.theta1()), share(cell.theta2(), search.theta2())
    };
  }

  private static double share(double value, Range range) {
    return range.high() > range.low() ? (value - range.low()) / (range.high() - range.low()) : 0;
  }

  private double[][] xs() {
    return points.toArray(double[][]::new);
  }

  private double[] ys() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

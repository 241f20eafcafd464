package io.mlassets.trainer.theta;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.CellFigures;
import io.mlassets.backtest.Cscv;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.SweptCell;
import io.mlassets.backtest.ThetaSweep;
import io.mlassets.decision.Thresholds;
import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds thresholds: every cell of the policy's grid is walked once, then each choice - one per
 * fold, made on the others, and one on all - refines the grid where it promises most and takes the
 * cell the noise-aware {@link CellChoice} names.
 */
public final class ThresholdSearch {
  private static final int GROUPS = 16;

  /** Fixed, because sums over chunks must not depend on the number of threads. */
  private static final int CHUNKS = 8;

  private final CorePolicy policy;
  private final List<Period> folds;
  private final Workers workers;
  private final long seed;
  private final Supplier<ThetaSweep> sweeps;

  /**
   * A search over prepared histories.
   *
   * @param folds periods of the folds, in time order
   * @param seed of the proposals
   */
  public ThresholdSearch(
      CorePolicy policy, Backtest backtest, List<Period> folds, Workers workers, long seed) {
    this.policy = policy;
    this.folds = List.copyOf(folds);
    this.workers = workers;
    this.seed = seed;
    this.sweeps = backtest.sweeps(folds, GROUPS);
  }

  /** What one choice came to. */
  private record Choice(Refinement.Refined refined, ThresholdChoice chosen, ThetaSweep sweep) {}

  /** A stretch of the grid, walked. */
  private record Chunk(ThetaSweep sweep, List<SweptCell> cells) {}

  /** The search. */
  public ThresholdsFound search() {
    List<Chunk> chunks = walkGrid();
    List<SweptCell> grid = chunks.stream().flatMap(chunk -> chunk.cells().stream()).toList();
    List<Integer> without = IntStream.rangeClosed(0, folds.size()).boxed().toList();
    List<Choice> choices = workers.map(without, fold -> choose(grid, fold));
    ThetaSweep all = chunks.getFirst().sweep();
    chunks.stream().skip(1).forEach(chunk -> all.and(chunk.sweep()));
    choices.forEach(choice -> all.and(choice.sweep()));
    List<SweptCell> tried = new ArrayList<>(grid);
    for (Choice choice : choices) {
      List<SweptCell> cells = choice.refined().cells();
      tried.addAll(cells.subList(grid.size(), cells.size()));
    }
    Choice live = choices.getLast();
    NestedThresholds nested =
        new NestedThresholds(
            folds,
            choices.subList(0, folds.size()).stream().map(Choice::chosen).toList(),
            live.chosen());
    return new ThresholdsFound(
        nested,
        ThetaSurface.of(live.refined(), grid.size()),
        tried.size(),
        all.meanCorrelation(),
        variance(tried),
        overfitting(tried));
  }

  /** Every cell of the grid, in the grid's order. */
  public List<SweptCell> grid() {
    return walkGrid().stream().flatMap(chunk -> chunk.cells().stream()).toList();
  }

  private List<Chunk> walkGrid() {
    List<Thresholds> cells = policy.thetaSearch().grid();
    List<List<Thresholds>> parts =
        IntStream.range(0, CHUNKS)
            .mapToObj(
                i -> cells.subList(i * cells.size() / CHUNKS, (i + 1) * cells.size() / CHUNKS))
            .toList();
    return workers.map(
        parts,
        part -> {
          ThetaSweep sweep = sweeps.get();
          return new Chunk(sweep, part.stream().map(sweep::walk).toList());
        });
  }

  /** The choice without one fold; past the last fold, the choice on all. */
  private Choice choose(List<SweptCell> grid, int without) {
    IntPredicate seen = fold -> fold != without;
    ThetaSweep sweep = sweeps.get();
    Refinement.Refined refined = new Refinement(policy, grid, seen, seed * 31 + without).run(sweep);
    CellChoice choice =
        new CellChoice(refined.figures(), refined.smoothed(), policy.riskPassRate());
    OptionalInt best = choice.best();
    if (best.isEmpty()) {
      // Nothing that may be taken trades: as near to the policy's own thresholds as is allowed.
      best =
          choice.nearest(
              i -> distance(refined.cells().get(i).thresholds(), policy.initialThresholds()));
    }
    Thresholds taken =
        best.isPresent()
            ? refined.cells().get(best.getAsInt()).thresholds()
            : policy.initialThresholds();
    CellFigures figures =
        best.isPresent() ? refined.figures().get(best.getAsInt()) : sweep.walk(taken).over(seen);
    return new Choice(refined, chosen(taken, figures.passRate()), sweep);
  }

  private ThresholdChoice chosen(Thresholds taken, @Nullable Double passRate) {
    return passRate == null
        ? new ThresholdChoice(taken, false, 0)
        : new ThresholdChoice(taken, policy.riskPassRate().contains(passRate), passRate);
  }

  private static double distance(Thresholds one, Thresholds other) {
    return Math.hypot(one.theta1() - other.theta1(), one.theta2() - other.theta2());
  }

  /** Of the per-bar Sharpe ratios of all cells that trade; 0 with fewer than two. */
  private static double variance(List<SweptCell> cells) {
    double[] ratios =
        cells.stream()
            .map(SweptCell::perBarSharpe)
            .filter(java.util.Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (ratios.length < 2) {
      return 0;
    }
    double mean = java.util.Arrays.stream(ratios).average().orElseThrow();
    double squares = java.util.Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).sum();
    return squares / (ratios.length - 1);
  }

  private static Cscv.@Nullable Result overfitting(List<SweptCell> tried) {
    List<SweptCell> trading = tried.stream().filter(cell -> cell.perBarSharpe() != null).toList();
    if (trading.size() < 2) {
      return null;
    }
    return new Cscv(
            trading.stream().map(SweptCell::groupSums).toList(),
            trading.stream().map(SweptCell::groupSquares).toList(),
            trading.getFirst().groupBars())
        .result();
  }
}

package io.mlassets.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey,
 * Borwein, López de Prado and Zhu, "The Probability of Backtest Overfitting", 2015). Time is cut
 * into S groups; for every half of them the trial with the best Sharpe ratio there is looked up
 * among all trials in the other half. Overfitting is the share of halves where the best lands in
 * the lower half of the others' ranking. Where all trials earn alike that share says nothing but
 * that it does not matter which is chosen; the probability of loss tells the two apart.
 *
 * <p>Works on sums and squares per group, so that a half costs S/2 additions per trial.
 */
public final class Cscv {
  private final int groups;
  private final double[][] sums;
  private final double[][] squares;
  private final double[] bars;

  /**
   * Trials by their profits.
   *
   * @param sums of each trial, of its profits per group of time
   * @param squares of each trial, of its squared profits per group
   * @param bars bar times in each group; their number is even
   */
  public Cscv(List<double[]> sums, List<double[]> squares, int[] bars) {
    this.groups = bars.length;
    if (groups < 2 || groups % 2 != 0 || groups > 20) {
      throw new IllegalArgumentException("%d groups: must be even, 2 to 20".formatted(groups));
    }
    if (sums.size() < 2 || sums.size() != squares.size()) {
      throw new IllegalArgumentException(
          "%d and %d trials: at least two of each are ranked"
              .formatted(sums.size(), squares.size()));
    }
    this.sums = sums.toArray(double[][]::new);
    this.squares = squares.toArray(double[][]::new);
    this.bars = Arrays.stream(bars).asDoubleStream().toArray();
  }

  /**
   * What CSCV found.
   *
   * @param overfitting probability of backtest overfitting: share of halves whose best trial ranks
   *     below the median in the other half, ties counted half
   * @param loss probability of loss: share of halves whose best trial does not earn in the other
   */
  public record Result(double overfitting, double loss) {}

  /** Looks at every half. */
  public Result result() {
    double below = 0;
    double losing = 0;
    List<Half> halves = halves();
    for (Half half : halves) {
      below += half.logit() < 0 ? 1 : half.logit() > 0 ? 0 : 0.5;
      losing += half.ratio() > 0 ? 0 : 1;
    }
    return new Result(below / halves.size(), losing / halves.size());
  }

  /**
   * The best trial of one half in the other.
   *
   * @param logit of its relative rank {@code ω = rank / (N + 1)}; ties rank in the middle
   * @param ratio its Sharpe ratio there
   */
  record Half(double logit, double ratio) {}

  /** One entry for every half of the groups. */
  List<Half> halves() {
    List<Half> halves = new ArrayList<>();
    for (int half = 0; half < 1 << groups; half++) {
      if (Integer.bitCount(half) == groups / 2) {
        double[] outside = ratios(~half);
        int best = best(ratios(half));
        double share = rank(outside, best) / (outside.length + 1);
        halves.add(new Half(Math.log(share / (1 - share)), outside[best]));
      }
    }
    return halves;
  }

  private double[] ratios(int half) {
    double[] ratios = new double[sums.length];
    double n = 0;
    for (int group = 0; group < groups; group++) {
      n += (half >> group & 1) == 1 ? bars[group] : 0;
    }
    for (int trial = 0; trial < ratios.length; trial++) {
      double sum = 0;
      double square = 0;
      for (int group = 0; group < groups; group++) {
        if ((half >> group & 1) == 1) {
          sum += sums[trial][group];
          square += squares[trial][group];
        }
      }
      Double ratio = Sharpe.ratio(sum / n, (square - sum * sum / n) / (n - 1));
      // A trial that never trades earns nothing: it ranks with those at zero.
      ratios[trial] = ratio == null ? 0 : ratio;
    }
    return ratios;
  }

  private static int best(double[] ratios) {
    int best = 0;
    for (int trial = 1; trial < ratios.length; trial++) {
      best = ratios[trial] > ratios[best] ? trial : best;
    }
    return best;
  }

  /** Rank from 1, the worst, to N. */
  private static double rank(double[] ratios, int of) {
    int below = 0;
    int ties = 0;
    for (double ratio : ratios) {
      below += ratio < ratios[of] ? 1 : 0;
      ties += ratio == ratios[of] ? 1 : 0;
    }
    return below + (ties + 1) / 2.0;
  }
}

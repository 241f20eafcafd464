package io.mlassets.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E-01")
class CscvTest {

  private static Cscv of(double[][] trials, int groups) {
    List<double[]> sums = new ArrayList<>();
    List<double[]> squares = new ArrayList<>();
    int each = trials[0].length / groups;
    for (double[] pnl : trials) {
      double[] sum = new double[groups];
      double[] square = new double[groups];
      for (int t = 0; t < pnl.length; t++) {
        sum[t / each] += pnl[t];
        square[t / each] += pnl[t] * pnl[t];
      }
      sums.add(sum);
      squares.add(square);
    }
    int[] bars = new int[groups];
    Arrays.fill(bars, each);
    return new Cscv(sums, squares, bars);
  }

  private static double[][] noise(int trials, int bars, double driftOfFirst, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] pnl = new double[trials][bars];
    for (int i = 0; i < trials; i++) {
      for (int t = 0; t < bars; t++) {
        pnl[i][t] = random.nextGaussian() + (i == 0 ? driftOfFirst : 0);
      }
    }
    return pnl;
  }

  /**
   * The full overfit of Bailey et al. (2015), test case 1: the mean is taken out of each of 100
   * trials of 1,000 bars, so that who leads in one half trails in the other; they find 100 %.
   */
  @Test
  void trials_without_mean_are_overfitted_for_sure() {
    double[][] trials = noise(100, 1_000, 0, 3);
    for (double[] pnl : trials) {
      double mean = Arrays.stream(pnl).average().orElseThrow();
      Arrays.setAll(pnl, t -> pnl[t] - mean);
    }
    assertThat(of(trials, 8).result().overfitting()).isEqualTo(1);
    assertThat(of(trials, 8).result().loss()).isEqualTo(1);
  }

  @Test
  void among_worthless_trials_the_best_is_below_the_median_about_half_the_time() {
    double mean =
        IntStream.range(0, 40)
            .mapToDouble(seed -> of(noise(30, 800, 0, seed), 8).result().overfitting())
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(0.5, within(0.1));
  }

  @Test
  void a_trial_that_truly_earns_is_hardly_ever_overfitted() {
    assertThat(of(noise(100, 1_000, 0.3, 4), 8).result().overfitting()).isLessThan(0.01);
  }

  @Test
  void trials_that_earn_alike_are_no_loss_however_their_ranks_change() {
    double[][] trials = noise(20, 1_000, 0, 6);
    SplittableRandom random = new SplittableRandom(8);
    double[] common = random.doubles(1_000, -4, 5).toArray();
    for (double[] pnl : trials) {
      Arrays.setAll(pnl, t -> common[t] + 0.01 * pnl[t]);
    }
    Cscv.Result result = of(trials, 8).result();
    assertThat(result.overfitting()).isGreaterThan(0.2);
    assertThat(result.loss()).isZero();
    double[][] same = {common, common, common};
    assertThat(of(same, 8).result().overfitting()).isEqualTo(0.5);
  }

  @Test
  void agrees_with_cutting_the_series_apart() {
    double[][] trials = noise(7, 60, 0.1, 9);
    List<Double> slow = new ArrayList<>();
    for (int half = 0; half < 1 << 6; half++) {
      if (Integer.bitCount(half) == 3) {
        slow.add(logit(trials, half));
      }
    }
    List<Cscv.Half> fast = of(trials, 6).halves();
    assertThat(fast).hasSize(20);
    for (int i = 0; i < fast.size(); i++) {
      assertThat(fast.get(i).logit()).isCloseTo(slow.get(i), within(1e-12));
    }
  }

  private static double logit(double[][] trials, int half) {
    double[] inside = Arrays.stream(trials).mapToDouble(x -> ratio(x, half)).toArray();
    double[] outside = Arrays.stream(trials).mapToDouble(x -> ratio(x, ~half)).toArray();
    int best =
        IntStream.range(0, inside.length)
            .reduce((a, b) -> inside[b] > inside[a] ? b : a)
            .orElseThrow();
    double rank = 1 + Arrays.stream(outside).filter(x -> x < outside[best]).count();
    return Math.log(rank / (trials.length + 1 - rank));
  }

  /** Sharpe ratio over the groups of ten bars whose bit is set. */
  private static double ratio(double[] pnl, int half) {
    double[] part =
        IntStream.range(0, pnl.length)
            .filter(t -> (half >> t / 10 & 1) == 1)
            .mapToDouble(t -> pnl[t])
            .toArray();
    double mean = Arrays.stream(part).average().orElseThrow();
    double squares = Arrays.stream(part).map(x -> (x - mean) * (x - mean)).sum();
    return mean / Math.sqrt(squares / (part.length - 1));
  }
}

package io.mlassets.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a backtest may be luck, given all that was tried. Ratios are annualised.
 *
 * @param trials parameter trials of every model and engine plus thresholds tried
 * @param meanCorrelation average correlation between two thresholds' profits
 * @param effectiveTrials independent trials these are worth
 * @param trialsDeviation standard deviation of the Sharpe ratios of the thresholds tried, at most
 *     the sampling error of one: what truly tells them apart is no luck
 * @param expectedMaximum Sharpe ratio to be expected of the best of so many worthless trials
 * @param sharpe of the thresholds chosen, out of fold; null without trades
 * @param deflatedSharpe probability that its true ratio is above {@code expectedMaximum}'s; null
 *     without trades
 * @param pbo probability of backtest overfitting over all thresholds tried; null when fewer than
 *     two trade
 * @param lossProbability share of CSCV's halves whose best thresholds do not earn in the other;
 *     null when the former is
 * @param pathSharpes Sharpe ratio of each combinatorial path, 0 for one without trades
 * @param recordYears length of the backtest
 * @param minimumRecordYears years needed for the confidence asked for that the Sharpe ratio of
 *     thresholds chosen outside the fold is above 0; null when no length would do
 */
public record Overfitting(
    int trials,
    double meanCorrelation,
    double effectiveTrials,
    double trialsDeviation,
    double expectedMaximum,
    @Nullable Double sharpe,
    @Nullable Double deflatedSharpe,
    @Nullable Double pbo,
    @Nullable Double lossProbability,
    List<Double> pathSharpes,
    double recordYears,
    @Nullable Double minimumRecordYears) {

  /** Copies the list. */
  public Overfitting {
    pathSharpes = List.copyOf(pathSharpes);
  }

  /** Share of paths that do not earn; 1 without any. */
  public double pathLossShare() {
    long losing = pathSharpes.stream().filter(sharpe -> sharpe <= 0).count();
    return pathSharpes.isEmpty() ? 1 : (double) losing / pathSharpes.size();
  }
}

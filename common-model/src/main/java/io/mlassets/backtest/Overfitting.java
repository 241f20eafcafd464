package io.mlassets.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a backtest may be luck, given all that was tried. Ratios are annualised.
 *
 * @param trials every model that could have been taken - parameter trials of every engine at each
 *     number of trees, calibrations - plus thresholds tried
 * @param meanCorrelation average correlation between two thresholds' profits
 * @param effectiveTrials independent trials these are worth
 * @param trialsDeviation standard deviation of the Sharpe ratios of the thresholds tried, at most
 *     the sampling error of one: what truly tells them apart is no luck
 * @param rawTrialsDeviation the same without that limit, as published
 * @param expectedMaximum Sharpe ratio to be expected of the best of so many worthless trials
 * @param sharpe of the thresholds chosen, out of fold; null without trades
 * @param deflatedSharpe probability that its true ratio is above {@code expectedMaximum}'s; null
 *     without trades
 * @param rawDeflatedSharpe the same with {@code rawTrialsDeviation}; null without trades
 * @param pbo probability of backtest overfitting over all thresholds tried; null when fewer than
 *     two trade
 * @param lossProbability share of CSCV's halves whose best thresholds do not earn in the other;
 *     null when the former is
 * @param pathSharpes Sharpe ratio of each combinatorial path, 0 for one without trades
 * @param recordYears length of the backtest
 * @param minimumRecordYears years needed for the confidence asked for that the Sharpe ratio of
 *     thresholds chosen outside the fold is above 0; null when no length would do
 * @param estimate {@code sharpe} per bar with the moments it is judged by; null without trades
 */
public record Overfitting(
    int trials,
    double meanCorrelation,
    double effectiveTrials,
    double trialsDeviation,
    double rawTrialsDeviation,
    double expectedMaximum,
    @Nullable Double sharpe,
    @Nullable Double deflatedSharpe,
    @Nullable Double rawDeflatedSharpe,
    @Nullable Double pbo,
    @Nullable Double lossProbability,
    List<Double> pathSharpes,
    double recordYears,
    @Nullable Double minimumRecordYears,
    @Nullable SharpeEstimate estimate) {

  /** Copies the list. */
  public Overfitting {
    pathSharpes = List.copyOf(pathSharpes);
  }

  /**
   * The same, judged as the best of earlier trials too, made by other runs on these bars. They are
   * taken to be correlated and to vary as the run's own.
   *
   * @param earlier trials not among the run's own, at least 0
   * @param barsPerYear of the backtest
   */
  public Overfitting withEarlier(int earlier, double barsPerYear) {
    if (earlier < 0) {
      throw new IllegalArgumentException("earlier trials %d < 0".formatted(earlier));
    }
    if (earlier == 0) {
      return this;
    }
    double year = Math.sqrt(barsPerYear);
    SharpeTrials all = among(earlier, trialsDeviation / year);
    SharpeTrials raw = among(earlier, rawTrialsDeviation / year);
    return new Overfitting(
        all.count(),
        meanCorrelation,
        all.effective(),
        trialsDeviation,
        rawTrialsDeviation,
        year * all.expectedMaximum(),
        sharpe,
        estimate == null ? null : estimate.deflated(all),
        estimate == null ? null : estimate.deflated(raw),
        pbo,
        lossProbability,
        pathSharpes,
        recordYears,
        minimumRecordYears,
        estimate);
  }

  private SharpeTrials among(int earlier, double perBar) {
    return new SharpeTrials(Math.addExact(trials, earlier), meanCorrelation, perBar * perBar);
  }

  /** Share of paths that do not earn; 1 without any. */
  public double pathLossShare() {
    long losing = pathSharpes.stream().filter(sharpe -> sharpe <= 0).count();
    return pathSharpes.isEmpty() ? 1 : (double) losing / pathSharpes.size();
  }
}

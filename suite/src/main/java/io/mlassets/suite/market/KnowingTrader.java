package io.mlassets.suite.market;

import io.mlassets.market.Bar;
import java.time.Duration;
import java.util.List;

/**
 * The trader who knows the true process, as {@link MarketSimulator} describes him: he sees every
 * pair's true hedge ratio, deviation and regime at each close.
 */
public final class KnowingTrader {
  private static final double SESSION_HOURS_PER_WEEK = 115;
  private static final double WEEKS_PER_YEAR = 365.25 / 7;

  private final double entry;
  private final double barsPerYear;
  private final double[] gross;
  private final double[] turns;
  private int trades;

  /** With his usual entry at one and a half amplitudes. */
  public KnowingTrader(SimulationSpec spec) {
    this(spec, 1.5);
  }

  /**
   * A trader with an entry of his own.
   *
   * @param amplitudes deviation he enters against, in stationary standard deviations
   */
  public KnowingTrader(SimulationSpec spec, double amplitudes) {
    entry = amplitudes * SpreadProcess.AMPLITUDE;
    Duration week = Duration.ofMinutes(Math.round(SESSION_HOURS_PER_WEEK * 60));
    barsPerYear = (double) week.toSeconds() / spec.interval().length().toSeconds() * WEEKS_PER_YEAR;
    gross = new double[spec.bars()];
    turns = new double[spec.bars()];
    new MarketSimulator(spec).run().forEach(this::trade);
  }

  private void trade(PairProcess process) {
    double beta = process.truth.getFirst().beta();
    int held = 0;
    int wanted = 0;
    for (int i = 1; i < gross.length; i++) {
      double overnight =
          beforeOpen(process.barsA, i) / (1 + beta)
              - beta * beforeOpen(process.barsB, i) / (1 + beta);
      double within =
          afterOpen(process.barsA, i) / (1 + beta)
              - beta * afterOpen(process.barsB, i) / (1 + beta);
      gross[i] += held * overnight + wanted * within;
      turns[i] += Math.abs(wanted - held);
      trades += held == 0 && wanted != 0 ? 1 : 0;
      held = wanted;
      wanted = decide(held, process.truth.get(i));
    }
  }

  private int decide(int held, PairTruth truth) {
    double deviation = truth.deviation();
    if (held == 0) {
      boolean enter = truth.reverting() && Math.abs(deviation) >= entry;
      return enter ? -(int) Math.signum(deviation) : 0;
    }
    return truth.reverting() && held * deviation < 0 ? held : 0;
  }

  private static double beforeOpen(List<Bar> bars, int i) {
    return bars.get(i).open() / bars.get(i - 1).close() - 1;
  }

  private static double afterOpen(List<Bar> bars, int i) {
    return bars.get(i).close() / bars.get(i).open() - 1;
  }

  /** Trades he made. */
  public int trades() {
    return trades;
  }

  /**
   * His annual Sharpe ratio after costs; 0 when he never trades.
   *
   * @param costPerSide fraction of a full position's gross notional paid per entry and per exit
   */
  public double annualSharpe(double costPerSide) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < gross.length; i++) {
      double value = gross[i] - costPerSide * turns[i];
      sum += value;
      squares += value * value;
    }
    double mean = sum / gross.length;
    double variance = squares / gross.length - mean * mean;
    return variance > 0 ? mean / Math.sqrt(variance) * Math.sqrt(barsPerYear) : 0;
  }
}

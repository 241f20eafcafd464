package io.mlassets.backtest;

import io.mlassets.backtest.PairTape.Candidate;
import io.mlassets.decision.Thresholds;
import io.mlassets.policy.CorePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a set of scored candidates would have earned by the rule that decides live ({@code
 * DecisionRule}): decisions fall at closes, both legs are executed at the pair's next open, costs
 * are the instruments', at most one position per pair, open positions are never resized. A trade
 * still open when the bars end is closed at the last close. Prepared once from the histories, then
 * cheap per pair of thresholds.
 *
 * <p>Profits are fractions of one full position's gross notional. The portfolio is the sum over
 * pairs per bar time.
 */
public final class Backtest {
  private final TimeAxis axis;
  private final List<PairTape> tapes;
  private final double barsPerYear;
  private final double costMultiple;

  /**
   * Prepares every candidate's trade: exits do not depend on thresholds.
   *
   * @throws IllegalArgumentException if bars or candidates are out of order, or there are fewer
   *     than two bar times
   */
  public Backtest(CorePolicy policy, List<PairHistory> histories) {
    List<PairPrices> prices = histories.stream().map(PairPrices::new).toList();
    axis = new TimeAxis(prices);
    barsPerYear = axis.barsPerYear();
    tapes = prices.stream().map(pair -> new PairTape(pair, axis, policy.trading())).toList();
    costMultiple = 1;
  }

  private Backtest(Backtest prepared, double costMultiple) {
    axis = prepared.axis;
    barsPerYear = prepared.barsPerYear;
    tapes = prepared.tapes;
    this.costMultiple = costMultiple;
  }

  /** The same trades where every cost is a multiple of the instruments'. */
  public Backtest atCosts(double multiple) {
    return new Backtest(this, multiple);
  }

  /**
   * Sweeps over many thresholds, one for each thread.
   *
   * @param folds periods of the folds, in time order, at least one
   * @param groups equal groups of time for {@link Cscv}
   */
  public Supplier<ThetaSweep> sweeps(List<Period> folds, int groups) {
    SweepBlocks blocks = SweepBlocks.of(axis, folds, groups);
    FlatTape[] flat =
        tapes.stream()
            .map(tape -> new FlatTape(tape, blocks, costMultiple))
            .toArray(FlatTape[]::new);
    return () -> new ThetaSweep(blocks, flat, barsPerYear);
  }

  /** Trades, figures with their interval, and profit per bar. */
  public BacktestResult run(ThresholdsAt thresholds, Resampling resampling) {
    return run(thresholds, List.of(), resampling);
  }

  /**
   * The same within periods: only entries decided and profits made within them count.
   *
   * @param periods empty means all the time there is
   */
  public BacktestResult run(ThresholdsAt thresholds, List<Period> periods, Resampling resampling) {
    boolean[] inside = axis.within(periods);
    Ledger ledger = walk(thresholds, inside);
    double[] pnl = select(ledger.pnl, inside);
    double[] sharpes =
        new BlockBootstrap(pnl, resampling.blockBars())
            .sharpes(resampling.replicates(), resampling.seed());
    double year = Math.sqrt(barsPerYear);
    BacktestMetrics metrics =
        metrics(
            ledger,
            pnl,
            year * BlockBootstrap.quantile(sharpes, 1 - resampling.confidence()),
            year * BlockBootstrap.quantile(sharpes, resampling.confidence()));
    return new BacktestResult(trades(ledger), metrics, new PnlSeries(times(inside), pnl));
  }

  /**
   * The figures without bootstrap interval.
   *
   * @param thresholds in force
   * @param periods only entries and profits within count; empty means all
   */
  public BacktestMetrics quick(ThresholdsAt thresholds, List<Period> periods) {
    boolean[] inside = axis.within(periods);
    Ledger ledger = walk(thresholds, inside);
    return metrics(ledger, select(ledger.pnl, inside), null, null);
  }

  /** Profit per bar time within periods; empty means all the time there is. */
  public PnlSeries series(ThresholdsAt thresholds, List<Period> periods) {
    boolean[] inside = axis.within(periods);
    return new PnlSeries(times(inside), select(walk(thresholds, inside).pnl, inside));
  }

  /** Profit per bar time of one cell, for statistics over many trials. */
  public PnlSeries series(Thresholds thresholds) {
    boolean[] inside = axis.within(List.of());
    return new PnlSeries(axis.times(), walk(ThresholdsAt.always(thresholds), inside).pnl);
  }

  private Ledger walk(ThresholdsAt thresholds, boolean[] inside) {
    Ledger ledger = new Ledger(axis.size(), costMultiple);
    for (PairTape tape : tapes) {
      int freeFrom = 0;
      for (Candidate candidate : tape.candidates) {
        int time = tape.time[candidate.bar()];
        if (!inside[time]) {
          continue;
        }
        Thresholds theta = thresholds.at(axis.at(time));
        boolean wanted =
            candidate.returnProb() > theta.theta1()
                && candidate.bar() >= freeFrom
                && tape.executable(candidate);
        if (wanted && candidate.riskScore() >= theta.theta2()) {
          ledger.refused++;
        } else if (wanted) {
          ledger.book(tape, candidate);
          freeFrom = candidate.exitBar() + 1;
        }
      }
    }
    return ledger;
  }

  private BacktestMetrics metrics(
      Ledger ledger, double[] pnl, @Nullable Double low, @Nullable Double high) {
    int trades = ledger.trades.size();
    long wanted = trades + ledger.refused;
    Double perBar = trades == 0 ? null : Sharpe.perBar(pnl);
    double total = ledger.trades.stream().mapToDouble(Ledger.Taken::netPnl).sum();
    long wins = ledger.trades.stream().filter(trade -> trade.netPnl() > 0).count();
    return new BacktestMetrics(
        perBar == null ? null : perBar * Math.sqrt(barsPerYear),
        perBar == null ? null : low,
        perBar == null ? null : high,
        perBar == null ? null : perBar * Math.sqrt(pnl.length),
        trades == 0 ? null : (double) wins / trades,
        trades == 0 ? null : total / trades,
        Sharpe.maxDrawdown(pnl),
        trades,
        wanted == 0 ? null : (double) ledger.refused / wanted,
        barsPerYear);
  }

  private List<BacktestTrade> trades(Ledger ledger) {
    List<BacktestTrade> trades = new ArrayList<>();
    for (Ledger.Taken taken : ledger.trades) {
      Candidate candidate = taken.candidate();
      trades.add(
          new BacktestTrade(
              taken.tape().prices.history.pair(),
              candidate.direction(),
              axis.at(taken.tape().time[candidate.bar()]),
              axis.at(taken.tape().time[candidate.exitBar()]),
              candidate.scale(),
              taken.grossPnl(),
              taken.cost(),
              candidate.exitReason()));
    }
    trades.sort(Comparator.comparing(BacktestTrade::entryTs).thenComparing(BacktestTrade::pair));
    return trades;
  }

  private static double[] select(double[] pnl, boolean[] inside) {
    int size = 0;
    double[] selected = new double[pnl.length];
    for (int i = 0; i < pnl.length; i++) {
      if (inside[i]) {
        selected[size++] = pnl[i];
      }
    }
    return Arrays.copyOf(selected, size);
  }

  private Instant[] times(boolean[] inside) {
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        times.add(axis.at(i));
      }
    }
    return times.toArray(Instant[]::new);
  }
}

package io.mlassets.trainer.retune;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.BacktestResult;
import io.mlassets.backtest.BacktestTrade;
import io.mlassets.backtest.Resampling;
import io.mlassets.backtest.SharpeDifference;
import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.decision.Direction;
import io.mlassets.decision.Thresholds;
import io.mlassets.drift.RiskPassRate;
import io.mlassets.market.Pair;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.Policies;
import io.mlassets.policy.Range;
import io.mlassets.policy.RetrainPolicy;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.theta.ThresholdSearch;
import io.mlassets.trainer.theta.ThresholdsFound;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures thresholds on bars the model has not seen: those in force, those a search would choose,
 * judged outside the block they are chosen on, and those that only bring the pass rate back.
 */
final class MeasureThresholds {
  private static final int REPLICATES = 1_000;

  /** Four holding periods, so that trades lie within a block of the bootstrap. */
  private static final int HOLDING_PERIODS = 4;

  /** A bootstrap of fewer blocks says little more than the series itself. */
  private static final int LEAST_BLOCKS = 10;

  private static final double FINER = 10;

  private final CorePolicy core;
  private final RetrainPolicy retrain;
  private final Workers workers;

  MeasureThresholds(Policies policies, Workers workers) {
    this.core = policies.core();
    this.retrain = policies.retrain();
    this.workers = workers;
  }

  ThetaEvidence on(UnseenBars unseen, Thresholds inForce) {
    List<Instant> times = unseen.times();
    double[] risks = unseen.riskScores();
    int needed = LEAST_BLOCKS * blockBars();
    if (times.size() < 2) {
      return new ThetaEvidence(
          unseen.seenTo(),
          times.size(),
          needed,
          risks.length,
          passRate(risks, inForce.theta2()),
          new ThetaEvidence.Shown(inForce, null, 0),
          null,
          null);
    }
    Backtest backtest = new Backtest(core, unseen.histories());
    BacktestResult now = backtest.run(ThresholdsAt.always(inForce), resampling());
    return new ThetaEvidence(
        unseen.seenTo(),
        times.size(),
        needed,
        risks.length,
        passRate(risks, inForce.theta2()),
        shown(inForce, now),
        times.size() < needed ? null : search(backtest, times, now),
        restoring(backtest, risks, inForce, now));
  }

  private int blockBars() {
    return HOLDING_PERIODS * core.trading().holdingBars();
  }

  private Resampling resampling() {
    return new Resampling(REPLICATES, blockBars(), retrain.adoption().confidence(), retrain.seed());
  }

  private ThetaEvidence.Found search(Backtest backtest, List<Instant> times, BacktestResult now) {
    ThresholdsFound found =
        new ThresholdSearch(
                core, backtest, UnseenBars.blocks(times, retrain.folds()), workers, retrain.seed())
            .search();
    BacktestResult nested = backtest.run(found.nested(), resampling());
    return new ThetaEvidence.Found(
        shown(found.nested().live().thresholds(), nested),
        found.nested().live().passRate(),
        found.nested().live().passRateReachable(),
        found.trials(),
        gain(nested, now));
  }

  private ThetaEvidence.@Nullable Restoring restoring(
      Backtest backtest, double[] risks, Thresholds inForce, BacktestResult now) {
    Double rate = passRate(risks, inForce.theta2());
    if (rate == null || core.riskPassRate().contains(rate)) {
      return null;
    }
    Optional<Double> theta2 = nearestRestoring(risks, inForce.theta2());
    if (theta2.isEmpty()) {
      return null;
    }
    Range range = core.thetaSearch().theta1();
    Thresholds next =
        new Thresholds(Math.clamp(inForce.theta1(), range.low(), range.high()), theta2.get());
    BacktestResult then = backtest.run(ThresholdsAt.always(next), resampling());
    return new ThetaEvidence.Restoring(
        shown(next, then), restored(risks, next.theta2()), gain(then, now));
  }

  /** The θ2 nearest to the one in force with a pass rate within the policy's range. */
  private Optional<Double> nearestRestoring(double[] risks, double theta2) {
    Range range = core.thetaSearch().theta2();
    double step = core.thetaSearch().step() / FINER;
    int steps = (int) Math.round((range.high() - range.low()) / step);
    return IntStream.rangeClosed(0, steps)
        .mapToObj(i -> Math.min(range.high(), Math.round((range.low() + i * step) * 1e4) / 1e4))
        .filter(value -> core.riskPassRate().contains(restored(risks, value)))
        .min(Comparator.comparingDouble(value -> Math.abs(value - theta2)));
  }

  private static double restored(double[] risks, double theta2) {
    return (double) RiskPassRate.passed(risks, theta2) / risks.length;
  }

  private static @Nullable Double passRate(double[] risks, double theta2) {
    return risks.length == 0 ? null : Double.valueOf(restored(risks, theta2));
  }

  private static ThetaEvidence.Shown shown(Thresholds thresholds, BacktestResult result) {
    return new ThetaEvidence.Shown(
        thresholds, result.metrics().sharpe(), result.metrics().trades());
  }

  private ThetaEvidence.Gain gain(BacktestResult next, BacktestResult now) {
    double year = Math.sqrt(now.metrics().barsPerYear());
    SharpeDifference difference =
        SharpeDifference.of(next.series().copy(), now.series().copy(), resampling());
    return new ThetaEvidence.Gain(
        year * difference.difference(),
        year * difference.low(),
        year * difference.high(),
        otherTrades(next, now));
  }

  private record Entry(Pair pair, Direction direction, Instant ts) {}

  private static int otherTrades(BacktestResult one, BacktestResult other) {
    Set<Entry> first = entries(one);
    Set<Entry> second = entries(other);
    int shared = (int) first.stream().filter(second::contains).count();
    return first.size() + second.size() - 2 * shared;
  }

  private static Set<Entry> entries(BacktestResult result) {
    Set<Entry> entries = new HashSet<>();
    for (BacktestTrade trade : result.trades()) {
      entries.add(new Entry(trade.pair(), trade.direction(), trade.entryTs()));
    }
    return entries;
  }
}

package io.mlassets.backtest;

import io.mlassets.decision.Barriers;
import io.mlassets.decision.Direction;
import io.mlassets.decision.ExitReason;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.Instrument;
import io.mlassets.market.PairBar;
import io.mlassets.policy.TradingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The prices of one pair as plain arrays, and what became of every candidate entered at the open
 * after it. Exits do not depend on scores, so all this is worked out once.
 */
final class PairTape {
  private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

  final PairHistory history;
  final int[] time;
  final double[] openA;
  final double[] openB;
  final double[] closeA;
  final double[] closeB;
  final Candidate[] candidates;

  PairTape(PairHistory history, TimeAxis axis, TradingRules rules) {
    this.history = history;
    List<PairBar> bars = history.bars();
    int n = bars.size();
    time = new int[n];
    openA = new double[n];
    openB = new double[n];
    closeA = new double[n];
    closeB = new double[n];
    for (int i = 0; i < n; i++) {
      PairBar bar = bars.get(i);
      time[i] = axis.indexOf(bar.ts());
      openA[i] = bar.a().open();
      openB[i] = bar.b().open();
      closeA[i] = bar.a().close();
      closeB[i] = bar.b().close();
      if (i > 0 && time[i] <= time[i - 1]) {
        throw new IllegalArgumentException(
            "%s: bars are not in time order at %s".formatted(history.pair(), bar.ts()));
      }
    }
    candidates = candidates(axis, rules);
  }

  /** What a candidate leads to; a trade exists only when there is a bar to execute it at. */
  record Candidate(
      int bar,
      int exitBar,
      double returnProb,
      double riskScore,
      double scale,
      Direction direction,
      double weightA,
      double weightB,
      double cost,
      ExitReason exitReason) {}

  private Candidate[] candidates(TimeAxis axis, TradingRules rules) {
    int from = 0;
    Candidate[] found = new Candidate[history.candidates().size()];
    for (int k = 0; k < found.length; k++) {
      ScoredView scored = history.candidates().get(k);
      Instant ts = scored.view().bar().ts();
      int bar = Arrays.binarySearch(time, from, time.length, axis.indexOf(ts));
      if (bar < 0) {
        throw new IllegalArgumentException(
            "%s: candidate at %s is not among the bars after the one before it"
                .formatted(history.pair(), ts));
      }
      found[k] = candidate(scored, bar, rules);
      from = bar + 1;
    }
    return found;
  }

  private Candidate candidate(ScoredView scored, int bar, TradingRules rules) {
    SpreadState entry = scored.view().spread();
    Direction direction = Direction.against(entry.zScore());
    int last = time.length - 1;
    int exit = last;
    ExitReason reason = ExitReason.EXPIRED;
    for (int i = bar + 1; i < last; i++) {
      double z = entry.zScore(Math.log(closeA[i]), Math.log(closeB[i]));
      ExitReason reached = Barriers.reached(direction, z, i - bar, rules);
      if (reached != null) {
        exit = i;
        reason = reached;
        break;
      }
    }
    double gross = 1 + Math.abs(entry.beta());
    double weightA = direction.sign() / gross;
    double weightB = -direction.sign() * entry.beta() / gross;
    return new Candidate(
        bar,
        exit,
        scored.scores().returnProb(),
        scored.scores().riskScore(),
        scored.scores().positionScale(),
        direction,
        weightA,
        weightB,
        cost(weightA, weightB, bar, exit),
        reason);
  }

  private double cost(double weightA, double weightB, int entry, int exit) {
    Instrument a = history.a();
    Instrument b = history.b();
    Instant from = history.bars().get(Math.min(entry + 1, time.length - 1)).ts();
    Instant to = history.bars().get(Math.min(exit + 1, time.length - 1)).ts();
    double days = Duration.between(from, to).toSeconds() / SECONDS_PER_DAY;
    return Math.abs(weightA) * (2 * a.costPerSide() + days * a.swapBpsPerDay() * 1e-4)
        + Math.abs(weightB) * (2 * b.costPerSide() + days * b.swapBpsPerDay() * 1e-4);
  }

  /** Whether there is an open to execute the entry at. */
  boolean executable(Candidate candidate) {
    return candidate.bar() + 1 < time.length;
  }

  /** Bars after the decision at which the position is marked, the bar of execution included. */
  int lastMarkedBar(Candidate candidate) {
    return Math.min(candidate.exitBar() + 1, time.length - 1);
  }

  /**
   * Value of a candidate's full-size position, before costs, at the close of a bar it is held over,
   * or at the open it is closed at.
   */
  double grossValue(Candidate candidate, int bar) {
    int entry = candidate.bar() + 1;
    boolean closing = bar == candidate.exitBar() + 1;
    double a = (closing ? openA[bar] : closeA[bar]) / openA[entry] - 1;
    double b = (closing ? openB[bar] : closeB[bar]) / openB[entry] - 1;
    return candidate.weightA() * a + candidate.weightB() * b;
  }

  double grossPnl(Candidate candidate) {
    return grossValue(candidate, lastMarkedBar(candidate));
  }
}

package io.mlassets.backtest;

import io.mlassets.decision.Barriers;
import io.mlassets.decision.Direction;
import io.mlassets.decision.ExitReason;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.Instrument;
import io.mlassets.policy.TradingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * One pair's prices, and what became of every candidate entered at the open after it. Exits do not
 * depend on scores, so all this is worked out once.
 */
final class PairTape {
  private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

  final PairPrices prices;
  final int[] time;
  final Candidate[] candidates;

  PairTape(PairPrices prices, TimeAxis axis, TradingRules rules) {
    this.prices = prices;
    time = axis.positions(prices.ts);
    candidates = candidates(rules);
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

  private Candidate[] candidates(TradingRules rules) {
    // Every candidate is followed over many bars, so each logarithm is needed many times.
    double[] logA = Arrays.stream(prices.closeA).map(Math::log).toArray();
    double[] logB = Arrays.stream(prices.closeB).map(Math::log).toArray();
    List<ScoredView> scored = prices.history.candidates();
    Candidate[] found = new Candidate[scored.size()];
    int bar = -1;
    for (int k = 0; k < found.length; k++) {
      bar = barAfter(bar, scored.get(k).view().bar().ts());
      found[k] = candidate(scored.get(k), bar, logA, logB, rules);
    }
    return found;
  }

  private int barAfter(int before, Instant ts) {
    int bar = before + 1;
    while (bar < time.length && prices.ts[bar].isBefore(ts)) {
      bar++;
    }
    if (bar == time.length || !prices.ts[bar].equals(ts)) {
      throw new IllegalArgumentException(
          "%s: candidate at %s is not among the bars after the one before it"
              .formatted(prices.history.pair(), ts));
    }
    return bar;
  }

  private Candidate candidate(
      ScoredView scored, int bar, double[] logA, double[] logB, TradingRules rules) {
    SpreadState entry = scored.view().spread();
    Direction direction = Direction.against(entry.zScore());
    int last = time.length - 1;
    int exit = last;
    ExitReason reason = ExitReason.EXPIRED;
    for (int i = bar + 1; i < last; i++) {
      double z = entry.zScore(logA[i], logB[i]);
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
    Instrument a = prices.history.a();
    Instrument b = prices.history.b();
    Instant from = prices.ts[Math.min(entry + 1, time.length - 1)];
    Instant to = prices.ts[Math.min(exit + 1, time.length - 1)];
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
    double a = (closing ? prices.openA[bar] : prices.closeA[bar]) / prices.openA[entry] - 1;
    double b = (closing ? prices.openB[bar] : prices.closeB[bar]) / prices.openB[entry] - 1;
    return candidate.weightA() * a + candidate.weightB() * b;
  }

  double grossPnl(Candidate candidate) {
    return grossValue(candidate, lastMarkedBar(candidate));
  }
}

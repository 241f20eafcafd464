package io.mlassets.inference.risk;

import io.mlassets.drift.RiskPassRate.Passed;
import io.mlassets.drift.RollingRisk;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The candidates of one pair under one model. Those decided before the process began are read from
 * the record meanwhile; until they are, nothing is said.
 */
final class PairRisk {

  /**
   * Whose decisions are counted.
   *
   * @param pair the pair
   * @param interval length of its bars
   * @param mode live or shadow
   * @param modelVersion the bundle that scores
   */
  record Of(Pair pair, BarInterval interval, SignalMode mode, String modelVersion) {}

  /**
   * A candidate.
   *
   * @param barTs UTC start of its bar
   * @param riskScore what AI2 said
   * @param flagged whether that was refused
   */
  record Candidate(Instant barTs, double riskScore, boolean flagged) {}

  /**
   * What is counted.
   *
   * @param passed candidates
   * @param flagRun newest ones flagged in a row
   */
  record Counted(Passed passed, int flagRun) {}

  private final Of of;
  private final RollingRisk rolling;
  private final int most;
  private final Queue<Candidate> beforeRestored = new ArrayDeque<>();
  private Instant newest = Instant.EPOCH;
  private boolean restored;

  PairRisk(Of of, RollingRisk rolling, int most) {
    this.of = of;
    this.rolling = rolling;
    this.most = most;
  }

  Of of() {
    return of;
  }

  synchronized boolean isRestored() {
    return restored;
  }

  synchronized void decided(Instant barTs) {
    newest = barTs;
    rolling.elapsed(barTs);
  }

  synchronized void decided(Candidate candidate) {
    newest = candidate.barTs();
    if (restored) {
      add(candidate);
    } else {
      beforeRestored.add(candidate);
      if (beforeRestored.size() > most) {
        beforeRestored.remove();
      }
    }
  }

  /**
   * Takes in what the record has; some of it may have been decided here.
   *
   * @param recorded oldest first
   */
  synchronized void restore(List<Candidate> recorded) {
    recorded.forEach(this::add);
    beforeRestored.forEach(this::add);
    beforeRestored.clear();
    rolling.elapsed(newest);
    restored = true;
  }

  private void add(Candidate candidate) {
    rolling.add(candidate.barTs(), candidate.riskScore(), candidate.flagged());
  }

  synchronized Counted counted() {
    return new Counted(rolling.passed(), rolling.flagRun());
  }
}

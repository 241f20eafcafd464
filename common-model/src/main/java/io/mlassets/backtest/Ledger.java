package io.mlassets.backtest;

import io.mlassets.backtest.PairTape.Candidate;
import java.util.ArrayList;
import java.util.List;

/**
 * Books trades along the time axis. Half of a trade's cost is booked where it is entered and half
 * where it is closed; between, its value is marked at the closes.
 */
final class Ledger {
  /** One trade taken: whose, and which candidate. */
  record Taken(PairTape tape, Candidate candidate, double costMultiple) {

    double grossPnl() {
      return candidate.scale() * tape.grossPnl(candidate);
    }

    double cost() {
      return candidate.scale() * candidate.cost() * costMultiple;
    }

    double netPnl() {
      return grossPnl() - cost();
    }
  }

  final double[] pnl;
  final List<Taken> trades = new ArrayList<>();
  private final double costMultiple;

  /** Entries AI1 wanted and AI2 refused. */
  long refused;

  Ledger(int times, double costMultiple) {
    pnl = new double[times];
    this.costMultiple = costMultiple;
  }

  void book(PairTape tape, Candidate candidate) {
    Taken taken = new Taken(tape, candidate, costMultiple);
    trades.add(taken);
    double scale = candidate.scale();
    double halfCost = taken.cost() / 2;
    int last = tape.lastMarkedBar(candidate);
    double before = 0;
    for (int bar = candidate.bar() + 1; bar <= last; bar++) {
      double value = scale * tape.grossValue(candidate, bar);
      pnl[tape.time[bar]] += value - before;
      before = value;
    }
    pnl[tape.time[candidate.bar() + 1]] -= halfCost;
    pnl[tape.time[last]] -= halfCost;
  }
}

package io.mlassets.suite.market;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import java.util.List;

/** The trader who knows the true process, as {@link MarketSimulator} describes him. */
final class Oracle {
  private static final double ENTRY = 1.5 * SpreadProcess.AMPLITUDE;
  private static final double BARS_PER_YEAR = 6_900 * 365.25 / 7;

  private final double[] pnl;

  Oracle(SimulationSpec spec) {
    if (!spec.interval().equals(BarInterval.M1)) {
      throw new IllegalArgumentException("the oracle trades one-minute bars");
    }
    pnl = new double[spec.bars()];
    new MarketSimulator(spec).run().forEach(this::trade);
  }

  private void trade(PairProcess process) {
    double beta = process.truth.getFirst().beta();
    double perTurn = MarketSimulator.instrument(process.barsA.getFirst().symbol()).costPerSide();
    int held = 0;
    int wanted = 0;
    for (int i = 1; i < pnl.length; i++) {
      double overnight =
          beforeOpen(process.barsA, i) / (1 + beta)
              - beta * beforeOpen(process.barsB, i) / (1 + beta);
      double within =
          afterOpen(process.barsA, i) / (1 + beta)
              - beta * afterOpen(process.barsB, i) / (1 + beta);
      pnl[i] += held * overnight + wanted * within - perTurn * Math.abs(wanted - held);
      held = wanted;
      wanted = decide(held, process.truth.get(i));
    }
  }

  private static int decide(int held, PairTruth truth) {
    double deviation = truth.deviation();
    if (held == 0) {
      boolean enter = truth.reverting() && Math.abs(deviation) >= ENTRY;
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

  double annualSharpe() {
    double sum = 0;
    double squares = 0;
    for (double value : pnl) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / pnl.length;
    double variance = squares / pnl.length - mean * mean;
    return variance == 0 ? 0 : mean / Math.sqrt(variance) * Math.sqrt(BARS_PER_YEAR);
  }
}

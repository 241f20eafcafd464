package io.mlassets.suite.market;

import io.mlassets.market.Bar;
import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes a market of pairs whose spreads revert in some regimes and not in others, with volatility
 * clusters, jumps, session gaps and a factor common to all.
 */
public final class MarketSimulator {
  private static final double ORACLE_SHARPE = 137;

  private final SimulationSpec spec;

  /** A simulator of one market. */
  public MarketSimulator(SimulationSpec spec) {
    this.spec = spec;
  }

  /** The market; the same each time. */
  public SimulatedMarket simulate() {
    Map<Symbol, List<Bar>> bars = new LinkedHashMap<>();
    Map<Symbol, Instrument> instruments = new LinkedHashMap<>();
    List<Pair> pairs = pairs(spec.pairs());
    List<PairProcess> processes = run();
    for (int i = 0; i < pairs.size(); i++) {
      bars.put(pairs.get(i).a(), processes.get(i).barsA);
      bars.put(pairs.get(i).b(), processes.get(i).barsB);
      pairs.get(i).legs().forEach(leg -> instruments.put(leg, instrument(leg)));
    }
    return new SimulatedMarket(pairs, bars, instruments);
  }

  List<PairProcess> run() {
    SplittableRandom root = new SplittableRandom(spec.seed());
    SplittableRandom market = root.split();
    List<PairProcess> processes = new ArrayList<>();
    for (Pair pair : pairs(spec.pairs())) {
      processes.add(new PairProcess(pair, spec.interval(), revertingShare(), root.split()));
    }
    SessionCalendar calendar = new SessionCalendar(spec.interval(), spec.seed());
    Instant expected = null;
    for (int i = 0; i < spec.bars(); i++) {
      Instant ts = calendar.next();
      double[] moves = PairProcess.marketMoves(market);
      boolean gap = expected != null && !ts.equals(expected);
      processes.forEach(process -> process.bar(ts, moves, gap));
      expected = spec.interval().endOf(ts);
    }
    return processes;
  }

  /** Independent trades earn with the root of their number: the share goes with the square. */
  private double revertingShare() {
    double ratio = spec.edge() / ORACLE_SHARPE;
    return ratio * ratio;
  }

  /** The pairs of a simulated market of that size: {@code SIM01A-SIM01B, …}. */
  public static List<Pair> pairs(int count) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      pairs.add(Pair.parse("SIM%02dA-SIM%02dB".formatted(i, i)));
    }
    return List.copyOf(pairs);
  }

  /** What trading a simulated symbol costs: 1.5 basis points per side. */
  public static Instrument instrument(Symbol symbol) {
    return new Instrument(symbol, "simulated", 100, "USD", 1.2, 0.4, 0.5, 0.5);
  }
}

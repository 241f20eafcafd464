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
 *
 * <p>The edge is the annual Sharpe ratio, after {@link #instrument} costs, of a trader who knows
 * the true process: at a close he sees each pair's true hedge ratio, deviation and regime; he
 * enters against a deviation of 1.5 {@link SpreadProcess#AMPLITUDE} or more while it reverts,
 * leaves when it has crossed zero or the regime has broken, and is executed at the next open.
 * Trades in different stretches of time are independent, so his ratio goes with the root of the
 * share of time spreads revert; with the whole of it he has {@value #ORACLE_SHARPE} over ten
 * one-minute pairs (measured once over eight seeds of 40,000 bars, frozen). The edge asked for
 * fixes that share: {@code (edge / 137)²}. With n pairs he has {@code √(n/10)} of it, with bars of
 * another length, on which the process is the same per bar, the root of the ratio of bars per year.
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
    return new Instrument(symbol, "simulated", 1_000, "USD", 1.2, 0.4, 0.5, 0.5);
  }
}

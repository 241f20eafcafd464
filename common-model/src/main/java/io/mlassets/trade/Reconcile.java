package io.mlassets.trade;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Compares what the deals booked come to with what an Expert Advisor reports. */
public final class Reconcile {
  /** Lots below this are none; brokers' steps are 0.01 or 0.001. */
  private static final double SMALLEST = 1e-6;

  private final Map<Pair, Map<Symbol, Double>> ours = new TreeMap<>();
  private final Map<Pair, Map<Symbol, Double>> theirs = new TreeMap<>();
  private final PositionReport report;

  private Reconcile(Collection<HeldLots> ours, PositionReport report) {
    this.report = report;
    ours.forEach(held -> add(this.ours, held.pair(), held.symbol(), held.lots()));
    report.journal().forEach(held -> add(theirs, held.pair(), held.symbol(), held.lots()));
  }

  private static void add(
      Map<Pair, Map<Symbol, Double>> to, Pair pair, Symbol symbol, double lots) {
    to.computeIfAbsent(pair, one -> new TreeMap<>()).merge(symbol, lots, Double::sum);
  }

  /**
   * Every difference, by symbol. While the broker's positions are unknown, only the journal is
   * compared.
   *
   * @param ours by the deals booked of signals up to the report's last one
   */
  public static List<PositionDifference> differences(
      Collection<HeldLots> ours, PositionReport report) {
    return new Reconcile(ours, report).differences();
  }

  private List<PositionDifference> differences() {
    Set<Symbol> symbols = new TreeSet<>(net(ours).keySet());
    symbols.addAll(net(theirs).keySet());
    symbols.addAll(broker().keySet());
    List<PositionDifference> found = new ArrayList<>();
    for (Symbol symbol : symbols) {
      double booked = net(ours).getOrDefault(symbol, 0.0);
      double journal = net(theirs).getOrDefault(symbol, 0.0);
      Double broker = report.broker() == null ? null : broker().getOrDefault(symbol, 0.0);
      if (differ(booked, journal) || (broker != null && differ(broker, journal))) {
        found.add(
            new PositionDifference(
                symbol, null, exact(booked), exact(journal), broker == null ? null : broker));
      } else {
        pairs().stream()
            .filter(pair -> differ(of(ours, pair, symbol), of(theirs, pair, symbol)))
            .map(pair -> differs(pair, symbol))
            .forEach(found::add);
      }
    }
    return List.copyOf(found);
  }

  private PositionDifference differs(Pair pair, Symbol symbol) {
    double booked = exact(of(ours, pair, symbol));
    return new PositionDifference(symbol, pair, booked, exact(of(theirs, pair, symbol)), null);
  }

  /**
   * What must be booked so that the deals come to what the broker holds, or the journal while that
   * is unknown. The journal says which pair has it. What the broker has less of a symbol is taken
   * from the pairs that hold it, the largest first; what it has more goes to the largest.
   *
   * @param ours by the deals booked of signals up to the report's last one
   * @param pairOf the pair of a symbol no pair holds
   * @return lots to add per pair and symbol, none of them zero
   */
  public static List<HeldLots> corrections(
      Collection<HeldLots> ours, PositionReport report, Function<Symbol, Pair> pairOf) {
    return new Reconcile(ours, report).corrections(pairOf);
  }

  private List<HeldLots> corrections(Function<Symbol, Pair> pairOf) {
    if (report.broker() != null) {
      Set<Symbol> symbols = new TreeSet<>(net(theirs).keySet());
      symbols.addAll(broker().keySet());
      for (Symbol symbol : symbols) {
        double more = broker().getOrDefault(symbol, 0.0) - net(theirs).getOrDefault(symbol, 0.0);
        distribute(symbol, more, pairOf);
      }
    }
    List<HeldLots> corrections = new ArrayList<>();
    for (Pair pair : pairs()) {
      for (Symbol symbol : pair.legs()) {
        double lots = exact(of(theirs, pair, symbol) - of(ours, pair, symbol));
        if (Math.abs(lots) > SMALLEST) {
          corrections.add(new HeldLots(pair, symbol, lots));
        }
      }
    }
    return List.copyOf(corrections);
  }

  private void distribute(Symbol symbol, double more, Function<Symbol, Pair> pairOf) {
    double left = more;
    List<Pair> holders =
        theirs.keySet().stream()
            .filter(pair -> differ(of(theirs, pair, symbol), 0))
            .sorted(Comparator.comparingDouble(pair -> -Math.abs(of(theirs, pair, symbol))))
            .toList();
    for (Pair pair : holders) {
      double held = of(theirs, pair, symbol);
      if (held * left < 0) {
        double taken = Math.signum(left) * Math.min(Math.abs(left), Math.abs(held));
        add(theirs, pair, symbol, taken);
        left -= taken;
      }
    }
    if (Math.abs(left) > SMALLEST) {
      add(theirs, holders.isEmpty() ? pairOf.apply(symbol) : holders.getFirst(), symbol, left);
    }
  }

  private Set<Pair> pairs() {
    Set<Pair> pairs = new TreeSet<>(ours.keySet());
    pairs.addAll(theirs.keySet());
    return pairs;
  }

  private static double of(Map<Pair, Map<Symbol, Double>> held, Pair pair, Symbol symbol) {
    return held.getOrDefault(pair, Map.of()).getOrDefault(symbol, 0.0);
  }

  private static Map<Symbol, Double> net(Map<Pair, Map<Symbol, Double>> held) {
    Map<Symbol, Double> net = new TreeMap<>();
    held.values()
        .forEach(legs -> legs.forEach((symbol, lots) -> net.merge(symbol, lots, Double::sum)));
    return net;
  }

  private Map<Symbol, Double> broker() {
    Map<Symbol, Double> broker = new TreeMap<>();
    List<NetLots> known = report.broker();
    (known == null ? List.<NetLots>of() : known)
        .forEach(net -> broker.put(net.symbol(), net.lots()));
    return broker;
  }

  private static boolean differ(double one, double other) {
    return Math.abs(one - other) > SMALLEST;
  }

  /** Sums of lots without the last bits' noise. */
  private static double exact(double lots) {
    return Math.round(lots * 1e8) / 1e8;
  }
}

package io.mlassets.suite.bars;

import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.suite.market.MarketSimulator;
import io.mlassets.suite.market.SimulatedMarket;
import io.mlassets.suite.market.SimulationSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Bars in three parts: history to train on, a stretch to replay, and what may follow.
 *
 * @param pairs the pairs
 * @param loaded all bars with what was refused
 * @param timeline all bars in the market's order
 * @param replayFrom index of the first step replayed
 * @param replayTo index behind the last
 */
public record BarSupply(
    List<Pair> pairs, LoadedBars loaded, Timeline timeline, int replayFrom, int replayTo) {

  /** Steps the simulated market goes on for after the replay. */
  private static final int SIMULATED_FUTURE = 20_000;

  private static final int DEFAULT_SIMULATED_PAIRS = 10;

  /** Reads or simulates; file rows that start after {@code now} are refused. */
  public static BarSupply of(MarketChoice choice, Instant now) {
    return choice.folder() == null ? simulated(choice) : fromFiles(choice, now);
  }

  private static BarSupply fromFiles(MarketChoice choice, Instant now) {
    LoadedBars loaded =
        new BarFolder(Objects.requireNonNull(choice.folder()))
            .read(symbolsOf(choice.pairs()), choice.interval(), now);
    Timeline timeline = new Timeline(loaded.bars().values(), choice.pairs());
    int from = timeline.startOfLast(choice.replay());
    if (from == 0) {
      throw new BarInputException(
          "--replay %d leaves no bars to train on: there are %d moments at which a pair is complete"
              .formatted(choice.replay(), timeline.steps().size()));
    }
    return new BarSupply(choice.pairs(), loaded, timeline, from, timeline.steps().size());
  }

  private static BarSupply simulated(MarketChoice choice) {
    // Always the same length, so that --exit does not change the market.
    int ahead = SIMULATED_FUTURE;
    int count = choice.pairs().isEmpty() ? DEFAULT_SIMULATED_PAIRS : simulatedPairs(choice.pairs());
    SimulatedMarket market =
        new MarketSimulator(
                new SimulationSpec(
                    count,
                    choice.history() + choice.replay() + ahead,
                    choice.interval(),
                    choice.edge(),
                    choice.seed()))
            .simulate();
    List<Pair> pairs = choice.pairs().isEmpty() ? market.pairs() : choice.pairs();
    Set<Symbol> symbols = symbolsOf(pairs);
    Map<Symbol, List<Bar>> bars = new TreeMap<>(market.bars());
    bars.keySet().retainAll(symbols);
    Timeline timeline = new Timeline(bars.values(), pairs);
    int to = timeline.steps().size() - ahead;
    return new BarSupply(
        pairs,
        new LoadedBars(choice.interval(), bars, List.of(), 0),
        timeline,
        to - choice.replay(),
        to);
  }

  /** How many pairs must be simulated so that all of these are among them. */
  private static int simulatedPairs(List<Pair> pairs) {
    int count = 0;
    for (Pair pair : pairs) {
      String id = pair.id();
      if (!id.matches("SIM(\\d\\d)A-SIM\\1B")) {
        throw new IllegalArgumentException(
            "the simulated market has pairs SIM01A/SIM01B to SIM99A/SIM99B, not %s; give --bars for others"
                .formatted(id));
      }
      count = Math.max(count, Integer.parseInt(id.substring(3, 5)));
    }
    return count;
  }

  private static Set<Symbol> symbolsOf(List<Pair> pairs) {
    Set<Symbol> symbols = new TreeSet<>();
    pairs.forEach(pair -> symbols.addAll(pair.legs()));
    return symbols;
  }

  /** Bars to train on. */
  public List<Bar> history() {
    return bars(0, replayFrom);
  }

  private List<Bar> bars(int from, int to) {
    List<Bar> bars = new ArrayList<>();
    timeline.steps().subList(from, to).forEach(step -> bars.addAll(step.bars()));
    return bars;
  }

  /** Number of bars trained on and replayed. */
  public long barsUpToReplayEnd() {
    return timeline.steps().subList(0, replayTo).stream()
        .mapToLong(step -> step.bars().size())
        .sum();
  }

  /** The stretch to replay. */
  public List<MarketStep> replay() {
    return timeline.steps().subList(replayFrom, replayTo);
  }

  /** What may follow. */
  public List<MarketStep> future() {
    return timeline.steps().subList(replayTo, timeline.steps().size());
  }

  /** What may follow when nothing more does: as many steps as were replayed, over and over. */
  public Encore encore() {
    List<MarketStep> steps = timeline.steps();
    int length = Math.min(steps.size(), replayTo - replayFrom);
    return new Encore(steps.subList(steps.size() - length, steps.size()), loaded.interval());
  }
}

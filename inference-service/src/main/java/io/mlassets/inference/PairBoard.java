package io.mlassets.inference;

import io.mlassets.inference.risk.RiskBook;
import io.mlassets.inference.stop.PairStops;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.platform.web.NotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Component;

/** The latest state of every pair, written by the decision thread and read by everyone. */
@Component
public class PairBoard {
  private final ConcurrentSkipListMap<Pair, PairState> states = new ConcurrentSkipListMap<>();
  private final PairStops stops;
  private final RiskBook risk;
  private volatile List<Pair> live = List.of();

  PairBoard(PairStops stops, RiskBook risk) {
    this.stops = stops;
    this.risk = risk;
  }

  void live(List<Pair> pairs) {
    live = List.copyOf(pairs);
    states.keySet().retainAll(pairs);
    risk.keep(pairs);
  }

  /** The pairs of this process with a decision, and the length of their bars. */
  public Map<Pair, BarInterval> decided() {
    Map<Pair, BarInterval> decided = new HashMap<>();
    states.forEach((pair, state) -> decided.put(pair, state.interval()));
    return decided;
  }

  void show(PairState state) {
    states.put(state.pair(), state);
    risk.knows(state.pair(), state.interval(), state.mode(), state.modelVersion());
  }

  List<Pair> pairs() {
    return live;
  }

  /** The latest of every pair, without features. */
  List<PairState> states() {
    return states.values().stream().map(PairState::brief).map(this::watched).toList();
  }

  /** With what is watched beside the decisions, as it is now. */
  PairState watched(PairState state) {
    return state.watched(stops.isStopped(state.pair()), risk.figures(state.pair()).orElse(null));
  }

  PairState state(Pair pair) {
    PairState state = states.get(pair);
    if (state == null) {
      throw new NotFoundException(
          live.contains(pair) ? "a decision on pair " + pair : "pair " + pair);
    }
    return watched(state);
  }
}

package io.mlassets.inference;

import io.mlassets.market.Pair;
import io.mlassets.platform.web.NotFoundException;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Component;

/** The latest state of every pair, written by the decision thread and read by everyone. */
@Component
class PairBoard {
  private final ConcurrentSkipListMap<Pair, PairState> states = new ConcurrentSkipListMap<>();
  private volatile List<Pair> live = List.of();

  void live(List<Pair> pairs) {
    live = List.copyOf(pairs);
    states.keySet().retainAll(pairs);
  }

  void show(PairState state) {
    states.put(state.pair(), state);
  }

  List<Pair> pairs() {
    return live;
  }

  /** The latest of every pair, without features. */
  List<PairState> states() {
    return states.values().stream().map(PairState::brief).toList();
  }

  /** The same with their features. */
  List<PairState> whole() {
    return List.copyOf(states.values());
  }

  PairState state(Pair pair) {
    PairState state = states.get(pair);
    if (state == null) {
      throw new NotFoundException(
          live.contains(pair) ? "a decision on pair " + pair : "pair " + pair);
    }
    return state;
  }
}

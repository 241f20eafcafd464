package io.mlassets.inference;

import io.mlassets.market.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Shows what was decided: on the board at once, and to other tools (I-08) once it is committed, by
 * threads of their own. Only what is new is shown: ten thousand pairs are not written anew for one;
 * and only what is ours still: of a shard that was lost, its new owner tells. For the decision
 * thread only.
 */
@Component
class ShowStates {
  private final PairBoard board;
  private final HeldShards shards;
  private final LatestStates latest;
  private final SqliteCache file;
  private final Map<Pair, PairState> decided = new LinkedHashMap<>();

  ShowStates(PairBoard board, HeldShards shards, LatestStates latest, SqliteCache file) {
    this.board = board;
    this.shards = shards;
    this.latest = latest;
    this.file = file;
  }

  /** A decision was made, or found on record. */
  void decided(PairState state) {
    board.show(state);
    decided.put(state.pair(), state);
  }

  /** What was decided did not come on record. */
  void withdraw(List<Decided> decisions) {
    decisions.forEach(one -> decided.remove(one.signal().pair()));
  }

  /** What was decided since the last time is committed. */
  void show() {
    if (decided.isEmpty()) {
      return;
    }
    List<PairState> states =
        decided.values().stream().filter(state -> shards.holds(state.pair())).toList();
    decided.clear();
    latest.show(
        states.stream().map(state -> new FencedState(state, shards.epoch(state.pair()))).toList());
    file.show(states);
  }
}

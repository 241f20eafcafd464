package io.mlassets.inference;

import io.mlassets.market.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Shows what was decided: on the board at once, and to other tools (I-08) when nobody waits for a
 * commit any more. Only what is new is shown: ten thousand pairs are not written anew for one; and
 * only what is ours still: of a shard that was lost, its new owner tells. For the decision thread
 * only.
 */
@Component
class ShowStates {
  private final PairBoard board;
  private final HeldShards shards;
  private final LiveCache cache;
  private final SqliteCache file;
  private final StageMetrics stages;
  private final Map<Pair, PairState> decided = new LinkedHashMap<>();

  ShowStates(
      PairBoard board, HeldShards shards, LiveCache cache, SqliteCache file, StageMetrics stages) {
    this.board = board;
    this.shards = shards;
    this.cache = cache;
    this.file = file;
    this.stages = stages;
  }

  /** A decision was made. */
  void decided(PairState state) {
    board.show(state);
    decided.put(state.pair(), state);
  }

  /** What was decided since the last time is committed. */
  void show() {
    if (decided.isEmpty()) {
      return;
    }
    long before = System.nanoTime();
    List<PairState> latest =
        decided.values().stream()
            .filter(state -> shards.holds(state.pair()))
            .map(board::watched)
            .toList();
    decided.clear();
    cache.show(latest);
    file.show(latest);
    stages.shown(System.nanoTime() - before);
  }
}

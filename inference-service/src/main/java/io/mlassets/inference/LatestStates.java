package io.mlassets.inference;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Latest states on their way into Redis; what Redis refuses is told again with the next bar. */
@Component
class LatestStates extends StateWriter<FencedState> {
  private static final Logger log = LoggerFactory.getLogger(LatestStates.class);

  private final LiveCache cache;
  private final PairBoard board;
  private final StageMetrics stages;

  LatestStates(LiveCache cache, PairBoard board, StageMetrics stages) {
    super("latest-states", FencedState::pair);
    this.cache = cache;
    this.board = board;
    this.stages = stages;
  }

  /** With what is watched beside the decisions, as it is now. */
  @Override
  protected boolean write(List<FencedState> states) {
    long before = System.nanoTime();
    try {
      cache.show(states.stream().map(one -> one.with(board.watched(one.state()))).toList());
    } catch (RuntimeException e) {
      log.error("the latest states of {} pairs are not written", states.size(), e);
    }
    stages.shown(System.nanoTime() - before);
    return true;
  }
}

package io.mlassets.inference;

import io.mlassets.inference.ShardLeases.Progress;
import java.util.List;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/**
 * Goes on with the pairs of shards taken, once what came due before is caught up, and not with
 * those of others. For the decision thread only.
 */
@Component
class FollowShards {
  private final HeldShards shards;
  private final LivePairs pairs;
  private final BarPosition position;
  private final DecideBars bars;
  private final RecordDecisions record;
  private final ShowStates states;
  private final PairBoard board;

  FollowShards(
      HeldShards shards,
      LivePairs pairs,
      BarPosition position,
      DecideBars bars,
      RecordDecisions record,
      ShowStates states,
      PairBoard board) {
    this.shards = shards;
    this.pairs = pairs;
    this.position = position;
    this.bars = bars;
    this.record = record;
    this.states = states;
    this.board = board;
  }

  /** Looks after the leases, when it is time, and follows them. */
  void follow(LiveModel model) {
    shards.look(position.progress());
    forgetLost();
    SortedMap<Integer, Long> ours = shards.held();
    if (!pairs.shards().keySet().containsAll(ours.keySet())) {
      LivePairs.Taken taken = pairs.take(model, ours);
      board.live(pairs.pairs());
      taken.last().forEach(states::decided);
      catchUp(taken.due());
      forgetLost();
    }
  }

  /** Decides nothing more for shards that are another's by now. */
  void forgetLost() {
    if (!shards.held().entrySet().containsAll(pairs.shards().entrySet())) {
      pairs.retain(shards.held());
      board.live(pairs.pairs());
    }
  }

  private void catchUp(List<LivePairs.Due> dues) {
    record.attempt(
        decisions -> {
          for (LivePairs.Due due : dues) {
            if (pairs.isHere(due.pair())) {
              bars.catchUp(due, decisions);
              record.commitPart(decisions);
            }
          }
          bars.settle(decisions);
          record.commit(decisions, Progress.UNKNOWN);
        });
    states.show();
  }

  /** Lets others have all our shards at once. */
  void leave() {
    shards.leave(position.progress());
  }
}

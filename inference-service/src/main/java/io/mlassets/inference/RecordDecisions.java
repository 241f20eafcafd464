package io.mlassets.inference;

import io.mlassets.inference.ShardLeases.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Has decisions committed, and goes on with their pairs from what is on record: pairs some of whose
 * decisions are not are taken anew. For the decision thread only.
 */
@Component
class RecordDecisions {
  /** Of one transaction. */
  static final int MOST_PER_COMMIT = 1_000;

  private final DecisionCommit commit;
  private final DecidingModel model;
  private final LivePairs pairs;
  private final ShowStates states;
  private final PairBoard board;

  RecordDecisions(
      DecisionCommit commit,
      DecidingModel model,
      LivePairs pairs,
      ShowStates states,
      PairBoard board) {
    this.commit = commit;
    this.model = model;
    this.pairs = pairs;
    this.states = states;
    this.board = board;
  }

  /**
   * Work that decides and commits. Where it fails, what is not on record by then is decided again,
   * from {@code core.bars} and from what was heard.
   *
   * @param work is given the list to which it adds what it decided
   */
  void attempt(Consumer<List<Decided>> work) {
    List<Decided> decisions = new ArrayList<>();
    try {
      work.accept(decisions);
    } catch (RuntimeException e) {
      pairs.retain(Collections.emptySortedMap());
      states.withdraw(decisions);
      throw e;
    }
  }

  /**
   * Commits decisions, if there are any.
   *
   * @param progress how far decisions have come with these
   * @throws UntilDone.StoppedException if the service stops first
   */
  void commit(List<Decided> decisions, Progress progress) {
    if (decisions.isEmpty()) {
      return;
    }
    List<Decided> refused =
        commit.commit(Objects.requireNonNull(model.now()).policies(), decisions, progress);
    if (!refused.isEmpty()) {
      pairs.goOnAfter(refused);
      states.withdraw(refused);
      board.live(pairs.pairs());
    }
  }

  /** Commits and empties a full part: the dispatcher sends it while the next is decided. */
  void commitPart(List<Decided> decisions) {
    if (decisions.size() >= MOST_PER_COMMIT) {
      commit(decisions, Progress.UNKNOWN);
      decisions.clear();
    }
  }
}

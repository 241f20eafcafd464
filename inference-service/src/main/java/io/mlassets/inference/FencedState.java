package io.mlassets.inference;

import io.mlassets.market.Pair;

/**
 * A state with the epoch it is of: by the time it is written, its shard may be another's.
 *
 * @param state of a pair
 * @param epoch of the pair's shard when it was decided
 */
record FencedState(PairState state, long epoch) {
  Pair pair() {
    return state.pair();
  }

  FencedState with(PairState other) {
    return new FencedState(other, epoch);
  }
}

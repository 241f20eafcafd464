package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.PairHistory;
import io.mlassets.backtest.ScoredView;
import io.mlassets.market.Pair;
import io.mlassets.trainer.dataset.PairSamples;
import io.mlassets.trainer.dataset.TrainingSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scored rows as the backtest wants them. */
public final class Histories {
  private Histories() {}

  /** The bars of every pair with its scored candidates. */
  public static List<PairHistory> of(TrainingSet set, List<OutOfFold> scored) {
    Map<Pair, List<ScoredView>> candidates = new HashMap<>();
    for (OutOfFold row : scored) {
      candidates
          .computeIfAbsent(row.sample().label().pair(), pair -> new ArrayList<>())
          .add(new ScoredView(row.sample().view(), row.scores()));
    }
    return set.pairs().stream().map(pair -> history(pair, candidates)).toList();
  }

  private static PairHistory history(PairSamples pair, Map<Pair, List<ScoredView>> candidates) {
    return new PairHistory(
        pair.pair(),
        pair.a(),
        pair.b(),
        pair.bars(),
        candidates.getOrDefault(pair.pair(), List.of()));
  }
}

package io.mlassets.trainer.retune;

import io.mlassets.backtest.PairHistory;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.ScoredView;
import io.mlassets.market.PairBar;
import io.mlassets.model.ModelBundle;
import io.mlassets.trainer.dataset.PairSamples;
import io.mlassets.trainer.dataset.TrainingSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Bars a model was not trained on, with what it says of their candidate entries.
 *
 * @param seenTo UTC start of the last bar it was trained on
 * @param histories of the pairs that have such bars
 */
record UnseenBars(Instant seenTo, List<PairHistory> histories) {

  UnseenBars {
    histories = List.copyOf(histories);
  }

  /** Scores the candidates as live inference does. */
  static UnseenBars of(TrainingSet set, ModelBundle model) {
    Instant seenTo = model.manifest().trainTo();
    return new UnseenBars(
        seenTo,
        set.pairs().stream()
            .map(pair -> history(pair, model, seenTo))
            .filter(history -> !history.bars().isEmpty())
            .toList());
  }

  private static PairHistory history(PairSamples pair, ModelBundle model, Instant seenTo) {
    return new PairHistory(
        pair.pair(),
        pair.a(),
        pair.b(),
        pair.bars().stream().filter(bar -> bar.ts().isAfter(seenTo)).toList(),
        pair.samples().stream()
            .map(sample -> sample.view())
            .filter(view -> view.bar().ts().isAfter(seenTo))
            .map(view -> new ScoredView(view, model.score(view.features())))
            .toList());
  }

  /** Distinct bar starts over all pairs, in order. */
  List<Instant> times() {
    return histories.stream()
        .flatMap(history -> history.bars().stream())
        .map(PairBar::ts)
        .distinct()
        .sorted()
        .toList();
  }

  /** Risk scores of all candidates. */
  double[] riskScores() {
    return histories.stream()
        .flatMap(history -> history.candidates().stream())
        .mapToDouble(candidate -> candidate.scores().riskScore())
        .toArray();
  }

  /** So many stretches with equally many bar times, the last one open. */
  static List<Period> blocks(List<Instant> times, int count) {
    List<Period> blocks = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      Instant from = times.get(k * times.size() / count);
      Instant to = k == count - 1 ? Instant.MAX : times.get((k + 1) * times.size() / count);
      blocks.add(new Period(from, to));
    }
    return blocks;
  }
}

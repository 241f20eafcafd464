package io.mlassets.trainer.pipeline;

import java.util.List;

/**
 * What the searches for one model found.
 *
 * @param whole the choice by all folds, for rows of none of them
 * @param byFold for each fold the choice made without it
 * @param loss mean over folds of the loss of {@code oof}
 * @param oof raw out-of-fold scores by {@code byFold}, one per row
 * @param histories of the searches made for it
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the array; never compared
record Searched(
    Recipe whole, List<Recipe> byFold, double loss, double[] oof, List<SearchHistory> histories) {

  /** Copies the lists. */
  Searched {
    byFold = List.copyOf(byFold);
    histories = List.copyOf(histories);
  }

  /** Models that could have been taken, those of losing engines too. */
  int looks() {
    return histories.stream().mapToInt(SearchHistory::looks).sum();
  }

  /** Trials made, those of losing engines too. */
  int trials() {
    return histories.stream().mapToInt(history -> history.trials().size()).sum();
  }
}

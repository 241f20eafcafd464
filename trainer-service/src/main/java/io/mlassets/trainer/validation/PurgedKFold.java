package io.mlassets.trainer.validation;

import io.mlassets.backtest.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Purged K-fold with embargo (López de Prado, Advances in Financial Machine Learning, ch. 7), cut
 * by calendar time across all pairs: rows of one time are in one test block, whatever their pair,
 * because pairs share legs. A fold's test block is a stretch of time with about n/K rows.
 */
public final class PurgedKFold {
  private final int folds;
  private final Embargo embargo;

  /**
   * A split.
   *
   * @param folds at least 2
   * @param embargo left out after each test block
   */
  public PurgedKFold(int folds, Embargo embargo) {
    if (folds < 2) {
      throw new IllegalArgumentException("folds %d must be at least 2".formatted(folds));
    }
    this.folds = folds;
    this.embargo = embargo;
  }

  /**
   * The folds in time order.
   *
   * @param spans one per row, sorted by start
   * @throws UnusableSplitException if a fold has no test or no training row
   */
  public List<Fold> split(List<LabelSpan> spans) {
    int[] starts = Purge.cut(spans, folds);
    Purge purge = new Purge(spans, embargo);
    List<Fold> result = new ArrayList<>();
    for (int number = 0; number < folds; number++) {
      int first = starts[number];
      int end = starts[number + 1];
      Instant to =
          end < spans.size() ? spans.get(end).from() : spans.get(end - 1).from().plusNanos(1);
      result.add(
          new Fold(
              number,
              new Period(spans.get(first).from(), to),
              purge.trainingRows(List.of(new Purge.TestBlock(first, end))),
              IntStream.range(first, end).toArray()));
    }
    return List.copyOf(result);
  }
}

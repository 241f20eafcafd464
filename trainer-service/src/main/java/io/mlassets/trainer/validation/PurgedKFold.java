package io.mlassets.trainer.validation;

import io.mlassets.backtest.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Purged K-fold with embargo (López de Prado, Advances in Financial Machine Learning, ch. 7), cut
 * by calendar time across all pairs: rows of one time are in one test block, whatever their pair,
 * because pairs share legs.
 *
 * <p>A fold's test block is a stretch of time with about n/K rows. Training leaves out every row
 * whose label span touches the time from the block's first start to its latest label end (purge),
 * and every row that starts within the embargo after that.
 */
public final class PurgedKFold {
  private final int folds;
  private final double embargoShare;

  /**
   * A split.
   *
   * @param folds at least 2
   * @param embargoShare share of the whole sample's time left out after each test block, [0, 0.2]
   */
  public PurgedKFold(int folds, double embargoShare) {
    if (folds < 2) {
      throw new IllegalArgumentException("folds %d must be at least 2".formatted(folds));
    }
    if (!(embargoShare >= 0 && embargoShare <= 0.2)) {
      throw new IllegalArgumentException("embargo %s is not in [0, 0.2]".formatted(embargoShare));
    }
    this.folds = folds;
    this.embargoShare = embargoShare;
  }

  /**
   * The folds in time order.
   *
   * @param spans one per row, sorted by start
   * @throws UnusableSplitException if a fold has no test or no training row
   */
  public List<Fold> split(List<LabelSpan> spans) {
    requireSorted(spans);
    int[] starts = blockStarts(spans);
    Duration embargo = embargo(spans);
    List<Fold> result = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      result.add(fold(spans, fold, starts, embargo));
    }
    return List.copyOf(result);
  }

  private Fold fold(List<LabelSpan> spans, int number, int[] starts, Duration embargo) {
    int first = starts[number];
    int end = starts[number + 1];
    Instant from = spans.get(first).from();
    Instant latestEnd =
        spans.subList(first, end).stream().map(LabelSpan::to).max(Instant::compareTo).orElseThrow();
    Instant allowedAfter = latestEnd.plus(embargo);
    IntPredicate clear =
        i -> {
          LabelSpan span = spans.get(i);
          return span.to().isBefore(from) || span.from().isAfter(allowedAfter);
        };
    int[] train = IntStream.range(0, spans.size()).filter(clear).toArray();
    if (train.length == 0) {
      throw new UnusableSplitException(
          "fold %d of %d has no training row left: labels last until %s, embargo until %s"
              .formatted(number + 1, folds, latestEnd, allowedAfter));
    }
    Instant to =
        end < spans.size() ? spans.get(end).from() : spans.get(end - 1).from().plusNanos(1);
    return new Fold(number, new Period(from, to), train, IntStream.range(first, end).toArray());
  }

  /** First row of each block and, last, the number of rows; rows of one time stay together. */
  private int[] blockStarts(List<LabelSpan> spans) {
    int rows = spans.size();
    int[] starts = new int[folds + 1];
    starts[folds] = rows;
    for (int fold = 0; fold < folds; fold++) {
      int start = (int) ((long) rows * fold / folds);
      while (start > 0
          && start < rows
          && spans.get(start).from().equals(spans.get(start - 1).from())) {
        start--;
      }
      starts[fold] = start;
    }
    for (int fold = 0; fold < folds; fold++) {
      if (starts[fold] >= starts[fold + 1]) {
        throw new UnusableSplitException(
            "%d rows are too few, or at too few times, for %d folds".formatted(rows, folds));
      }
    }
    return starts;
  }

  private Duration embargo(List<LabelSpan> spans) {
    Instant end = spans.stream().map(LabelSpan::to).max(Instant::compareTo).orElseThrow();
    long millis = Duration.between(spans.getFirst().from(), end).toMillis();
    return Duration.ofMillis((long) Math.ceil(millis * embargoShare));
  }

  private static void requireSorted(List<LabelSpan> spans) {
    for (int i = 1; i < spans.size(); i++) {
      if (spans.get(i).from().isBefore(spans.get(i - 1).from())) {
        throw new IllegalArgumentException(
            "row %d starts at %s, before the row above at %s"
                .formatted(i, spans.get(i).from(), spans.get(i - 1).from()));
      }
    }
  }
}

package io.mlassets.trainer.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes out of the training rows what has to do with a test block (López de Prado, Advances in
 * Financial Machine Learning, ch. 7): every row whose label span touches the time from the block's
 * first start to its latest label end, and every row that starts within the embargo after that.
 */
final class Purge {
  private final List<LabelSpan> spans;
  private final Duration embargo;

  /** Spans sorted by start. */
  Purge(List<LabelSpan> spans, Embargo embargo) {
    this.spans = spans;
    requireSorted(spans);
    Instant end = latestEnd(0, spans.size());
    this.embargo = embargo.in(Duration.between(spans.getFirst().from(), end));
  }

  /** Rows from {@code first} to {@code end}, excluded, that are tested together. */
  record TestBlock(int first, int end) {}

  /**
   * The rows that may be trained on.
   *
   * @throws UnusableSplitException if there is none
   */
  int[] trainingRows(List<TestBlock> blocks) {
    Instant[] from = new Instant[blocks.size()];
    Instant[] allowedAfter = new Instant[blocks.size()];
    for (int b = 0; b < from.length; b++) {
      from[b] = spans.get(blocks.get(b).first()).from();
      allowedAfter[b] = latestEnd(blocks.get(b).first(), blocks.get(b).end()).plus(embargo);
    }
    int[] train =
        IntStream.range(0, spans.size())
            .filter(
                row ->
                    IntStream.range(0, from.length)
                        .allMatch(b -> isClear(spans.get(row), from[b], allowedAfter[b])))
            .toArray();
    if (train.length == 0) {
      throw new UnusableSplitException(
          "no training row left beside the test blocks %s with an embargo of %s"
              .formatted(blocks, embargo));
    }
    return train;
  }

  private static boolean isClear(LabelSpan span, Instant from, Instant allowedAfter) {
    return span.to().isBefore(from) || span.from().isAfter(allowedAfter);
  }

  private Instant latestEnd(int first, int end) {
    return spans.subList(first, end).stream()
        .map(LabelSpan::to)
        .max(Comparator.naturalOrder())
        .orElseThrow();
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

  /**
   * Cuts rows into stretches of about equal numbers; rows of one time stay together.
   *
   * @return first row of each stretch and, last, the number of rows
   * @throws UnusableSplitException if a stretch would be empty
   */
  static int[] cut(List<LabelSpan> spans, int stretches) {
    int rows = spans.size();
    int[] starts = new int[stretches + 1];
    starts[stretches] = rows;
    for (int i = 0; i < stretches; i++) {
      int start = (int) ((long) rows * i / stretches);
      while (start > 0
          && start < rows
          && spans.get(start).from().equals(spans.get(start - 1).from())) {
        start--;
      }
      starts[i] = start;
    }
    for (int i = 0; i < stretches; i++) {
      if (starts[i] >= starts[i + 1]) {
        throw new UnusableSplitException(
            "%d rows are too few, or at too few times, for %d folds".formatted(rows, stretches));
      }
    }
    return starts;
  }
}

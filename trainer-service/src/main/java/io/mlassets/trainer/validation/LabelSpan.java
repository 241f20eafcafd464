package io.mlassets.trainer.validation;

import java.time.Instant;

/**
 * The time one training row's label depends on.
 *
 * @param from UTC start of the bar decided on, included
 * @param to UTC end of the last bar the label looked at, included
 */
public record LabelSpan(Instant from, Instant to) {

  /** Refuses a span that does not end after it starts with {@link IllegalArgumentException}. */
  public LabelSpan {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("label span from %s to %s is empty".formatted(from, to));
    }
  }
}

package io.mlassets.trainer.dataset;

import io.mlassets.feature.MarketView;
import io.mlassets.label.Label;

/**
 * One row to train on: a candidate entry and what became of it.
 *
 * @param view what was known
 * @param label what came
 */
public record Sample(MarketView view, Label label) {

  /** Refuses a label of another pair or bar with {@link IllegalArgumentException}. */
  public Sample {
    if (!view.bar().pair().equals(label.pair()) || !view.bar().ts().equals(label.ts())) {
      throw new IllegalArgumentException(
          "label of %s %s does not belong to the bar of %s %s"
              .formatted(label.pair(), label.ts(), view.bar().pair(), view.bar().ts()));
    }
  }
}

package io.mlassets.trainer.verdict;

import io.mlassets.model.ModelVersion;
import java.time.Instant;

/** Whom a candidate is judged against. */
public sealed interface Opposition {

  /** No model is in force. */
  record None() implements Opposition {}

  /**
   * A model is in force, but there are no candidate entries it was not trained on.
   *
   * @param champion the model
   * @param trainedTo start of the last bar it was trained on, UTC
   */
  record NothingNew(ModelVersion champion, Instant trainedTo) implements Opposition {}

  /**
   * A model is in force and its stored bundle cannot be used.
   *
   * @param champion the model
   * @param why what is wrong with it
   */
  record Unusable(ModelVersion champion, String why) implements Opposition {}

  /** A model is in force and was compared. */
  record Compared(Comparison comparison) implements Opposition {}
}

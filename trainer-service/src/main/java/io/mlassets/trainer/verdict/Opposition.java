package io.mlassets.trainer.verdict;

import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import java.time.Instant;
import java.util.List;

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
   * A model is in force that decides for pairs the candidate does not: adopting it would leave them
   * without a model.
   *
   * @param champion the model
   * @param missing pairs the candidate was not trained on
   */
  record OtherPairs(ModelVersion champion, List<Pair> missing) implements Opposition {
    /** Copies the list. */
    public OtherPairs {
      missing = List.copyOf(missing);
    }
  }

  /**
   * A model is in force that cannot score the candidate's bars; what it showed when it was made is
   * on record.
   *
   * @param champion the model
   * @param why what is wrong with it
   * @param candidate the candidate's out-of-fold figures
   * @param incumbent the champion's own, on its own bars
   */
  record Recorded(ModelVersion champion, String why, Figures candidate, Figures incumbent)
      implements Opposition {}

  /**
   * A model is in force that cannot score the candidate's bars, and nothing says what it was worth.
   * Who cannot decide protects nothing, or no model could ever follow it.
   *
   * @param champion the model
   * @param why what is wrong with it
   */
  record Unknown(ModelVersion champion, String why) implements Opposition {}

  /** A model is in force and was compared. */
  record Compared(Comparison comparison) implements Opposition {}
}

package io.mlassets.inference.swap;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How far a trial came.
 *
 * @param pairs pairs decided on
 * @param fewest bars of the pair with the fewest; 0 without any
 * @param most bars of the pair with the most
 * @param decisions decisions in all
 * @param agreeing those with the action of the model in force
 * @param candidates decisions on bars entries are considered on
 * @param entries entries it would have made
 * @param entriesInForce entries the model in force made on the same bars
 */
public record TrialProgress(
    @JsonProperty("pairs") int pairs,
    @JsonProperty("bars_fewest") int fewest,
    @JsonProperty("bars_most") int most,
    @JsonProperty("decisions") long decisions,
    @JsonProperty("agreeing") long agreeing,
    @JsonProperty("candidates") long candidates,
    @JsonProperty("entries") long entries,
    @JsonProperty("entries_in_force") long entriesInForce) {
  private static final int PATIENCE = 2;

  /**
   * Whether every pair has its bars and one of them was a candidate: a quiet market shows nothing
   * of outputs that are judged on candidates. A pair without a feed, or a market without a
   * candidate, holds it up for no longer than twice the bars due of another pair.
   *
   * @param allPairs pairs the models decide for
   */
  public boolean isDone(int barsDue, int allPairs) {
    boolean shown = pairs >= allPairs && fewest >= barsDue && candidates > 0;
    return pairs > 0 && (shown || most / PATIENCE >= barsDue);
  }

  /** Bars done of those due, of the pair that is farthest behind. */
  public int barsDone(int allPairs) {
    return pairs < allPairs ? 0 : fewest;
  }

  /** Share of decisions with the action of the model in force, null without any. */
  @JsonProperty("agreement")
  public @Nullable Double agreement() {
    return decisions == 0 ? null : (double) agreeing / decisions;
  }
}

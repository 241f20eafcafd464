package io.mlassets.inference.replay;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One value of a decision as it was recorded and as it comes out now.
 *
 * @param stage where on the way from bars to bytes it belongs
 * @param what the value's name
 * @param recorded as recorded
 * @param again as made again; why not, when it was not checked
 * @param outcome what the comparison says
 */
public record Check(String stage, String what, String recorded, String again, Outcome outcome) {

  /** What a comparison says. */
  public enum Outcome {
    /** Every bit is the same. */
    SAME("same"),
    /** Something differs. */
    DIFFERENT("DIFFERENT"),
    /** There is nothing to compare with, and nothing that speaks against it. */
    NOT_CHECKED("not checked");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** The words of table and JSON. */
    @JsonValue
    public String text() {
      return text;
    }
  }

  /** Compares two texts that differ whenever the values do. */
  static Check of(String stage, String what, String recorded, String again) {
    return new Check(
        stage, what, recorded, again, recorded.equals(again) ? Outcome.SAME : Outcome.DIFFERENT);
  }

  static Check of(String stage, String what, double recorded, double again) {
    return of(stage, what, Double.toString(recorded), Double.toString(again));
  }

  static Check notChecked(String stage, String what, String recorded, String why) {
    return new Check(stage, what, recorded, why, Outcome.NOT_CHECKED);
  }
}

package io.mlassets.decision;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The two decision thresholds: entry needs {@code return_prob > θ1} and {@code risk_score < θ2}.
 *
 * @param theta1 lower bound of the calibrated probability of reversion, in [0, 1]
 * @param theta2 upper bound of the calibrated risk, in [0, 1]
 */
public record Thresholds(
    @JsonProperty("theta1") double theta1, @JsonProperty("theta2") double theta2) {

  /** Refuses values outside [0, 1] with {@link IllegalArgumentException}. */
  public Thresholds {
    requireProbability("theta1", theta1);
    requireProbability("theta2", theta2);
  }

  private static void requireProbability(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("%s %s is not in [0, 1]".formatted(key, value));
    }
  }
}

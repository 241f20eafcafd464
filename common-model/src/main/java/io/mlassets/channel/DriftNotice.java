package io.mlassets.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * One measurement of drift on channel {@code drift}.
 *
 * @param kind {@code feature}, {@code model}, {@code risk_pass_rate}, {@code risk_watch} or {@code
 *     schema}
 * @param modelVersion the model judged
 * @param mode live or shadow
 * @param drifted whether a threshold was crossed
 * @param reason machine-readable
 * @param measures the numbers, the worst first
 * @param at when, UTC
 */
public record DriftNotice(
    String kind,
    @JsonProperty("model_version") String modelVersion,
    String mode,
    boolean drifted,
    String reason,
    List<Measure> measures,
    Instant at) {

  /**
   * One number and what it is held against.
   *
   * @param name such as {@code psi:z_score}
   * @param value the number
   * @param threshold its bound
   */
  public record Measure(String name, double value, double threshold) {}
}

package io.mlassets.trainer.verdict;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One rule of adoption and how the candidate stands to it.
 *
 * @param rule short name, such as {@code luck_of_many_trials}
 * @param passed whether it holds
 * @param value the candidate's figure; null when there is none
 * @param limit what the figure is held against; null for a rule without
 * @param policyKey key of the policy the rule is set by
 * @param text a sentence with the numbers, for a person
 */
public record Check(
    @JsonProperty("rule") String rule,
    @JsonProperty("passed") boolean passed,
    @JsonProperty("value") @Nullable Double value,
    @JsonProperty("limit") @Nullable Double limit,
    @JsonProperty("policy_key") String policyKey,
    @JsonProperty("text") String text) {

  /** The reason as one line: rule and sentence. */
  public String line() {
    return rule + ": " + text;
  }
}

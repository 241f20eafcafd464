package io.mlassets.trainer.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.decision.Thresholds;
import io.mlassets.model.ModelVersion;
import io.mlassets.trainer.store.RunMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a finished run came to.
 *
 * @param modelVersion the candidate's version
 * @param contentSha256 hash of what training determined
 * @param verdict {@code adopted}, {@code held} or {@code rejected}
 * @param reasons why, with numbers
 * @param thresholds θ1 and θ2 found
 * @param metrics out-of-fold metrics
 * @param resources what the run used
 * @param transfer what became of the delivery by SFTP; null when none is set up
 */
public record RunOutcome(
    @JsonProperty("model_version") ModelVersion modelVersion,
    @JsonProperty("content_sha256") String contentSha256,
    @JsonProperty("verdict") String verdict,
    @JsonProperty("reasons") List<String> reasons,
    @JsonProperty("thresholds") Thresholds thresholds,
    @JsonProperty("metrics") RunMetrics metrics,
    @JsonProperty("resources") Resources resources,
    @JsonProperty("transfer") @Nullable String transfer) {

  /** Copies. */
  public RunOutcome {
    reasons = List.copyOf(reasons);
  }

  RunOutcome with(@Nullable String delivered) {
    return new RunOutcome(
        modelVersion, contentSha256, verdict, reasons, thresholds, metrics, resources, delivered);
  }
}

package io.mlassets.inference.swap;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlassets.model.ModelVersion;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A new model beside the one in force, a row of {@code core.model_trials}.
 *
 * @param id its number
 * @param version the new model
 * @param beside the model in force
 * @param barsDue bars of each pair it takes
 * @param begunAt when it began, UTC
 * @param endedAt when it ended, UTC; null while it goes on
 * @param outcome what came of it; null while it goes on
 * @param reason why; null while it goes on
 */
public record Trial(
    @JsonProperty("id") long id,
    @JsonProperty("model_version") ModelVersion version,
    @JsonProperty("beside_version") ModelVersion beside,
    @JsonProperty("bars_due") int barsDue,
    @JsonProperty("begun_at") Instant begunAt,
    @JsonProperty("ended_at") @Nullable Instant endedAt,
    @JsonProperty("outcome") @Nullable Outcome outcome,
    @JsonProperty("reason") @Nullable String reason) {

  /** What came of a trial. */
  public enum Outcome {
    PASSED,
    REFUSED,
    /** Another model was to decide before it was over. */
    SUPERSEDED;

    /** The lower-case form. */
    @JsonValue
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is of these two models. */
  public boolean isOf(ModelVersion next, ModelVersion inForce) {
    return version.equals(next) && beside.equals(inForce);
  }
}

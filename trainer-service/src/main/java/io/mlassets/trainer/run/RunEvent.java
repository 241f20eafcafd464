package io.mlassets.trainer.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One line a training process prints, and one server-sent event of its run.
 *
 * @param stage what is being done, or {@code success, failed, aborted, retrying} at the end
 * @param percent how much of the run is done, in [0, 100]; never falls; null where nobody knows
 * @param secondsLeft how long it will take yet, by its own speed of late; rises when it becomes
 *     slower; not with the first events, when nothing is known of it
 * @param outcome what the run came to; only with the last event of a successful one
 * @param error why it failed; only with the last event of a failed one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEvent(
    @JsonProperty("stage") String stage,
    @JsonProperty("percent") @Nullable Integer percent,
    @JsonProperty("seconds_left") @Nullable Long secondsLeft,
    @JsonProperty("outcome") @Nullable RunOutcome outcome,
    @JsonProperty("error") @Nullable String error) {

  /** A step on the way. */
  public static RunEvent progress(String stage, int percent, @Nullable Long secondsLeft) {
    return new RunEvent(stage, percent, secondsLeft, null, null);
  }

  /** The end of a run that came to something. */
  public static RunEvent success(RunOutcome outcome) {
    return new RunEvent("success", 100, 0L, outcome, null);
  }

  /** What the row of a run says that another process looks after, or that ended long ago. */
  public static RunEvent recorded(RetrainRun row) {
    boolean ended = RunStatus.parse(row.status()).isFinal();
    return new RunEvent(
        row.status(), ended ? 100 : null, ended ? 0L : null, null, row.errorMessage());
  }

  /** The end of a run that did not. */
  public static RunEvent ended(String status, @Nullable String error) {
    return new RunEvent(status, 100, 0L, null, error);
  }
}

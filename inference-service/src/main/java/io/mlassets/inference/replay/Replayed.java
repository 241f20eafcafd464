package io.mlassets.inference.replay;

import io.mlassets.inference.replay.Check.Outcome;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A decision made again.
 *
 * @param signalId the signal
 * @param subject what it was, in words
 * @param same whether every value that was compared is the same and the way was gone to its end
 * @param impossible why it could not be made again; null when it could
 * @param checks every value compared, in the order of the stages
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Replayed(
    UUID signalId, String subject, boolean same, @Nullable String impossible, List<Check> checks) {

  static Replayed of(
      UUID signalId, String subject, @Nullable String impossible, List<Check> checks) {
    boolean same =
        impossible == null
            && checks.stream().noneMatch(check -> check.outcome() == Outcome.DIFFERENT);
    return new Replayed(signalId, subject, same, impossible, List.copyOf(checks));
  }

  /** The values that differ. */
  public List<Check> differences() {
    return checks.stream().filter(check -> check.outcome() == Outcome.DIFFERENT).toList();
  }
}

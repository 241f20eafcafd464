package io.mlassets.trainer.retune;

import io.mlassets.decision.Thresholds;
import io.mlassets.platform.notify.SlackWebhook;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells Slack when other thresholds came in force or re-tuning failed; that they stay is usual and
 * only logged. Without a webhook nobody is told.
 */
public final class AnnounceRetuning {
  private final @Nullable SlackWebhook slack;
  private final String channel;

  /** {@code channel} is named in the text: a webhook has its own. */
  public AnnounceRetuning(@Nullable SlackWebhook slack, String channel) {
    this.slack = slack;
    this.channel = channel;
  }

  /** The run came to a verdict. Takes as long as Slack does. */
  void ended(UUID id, ThetaOutcome outcome) {
    if (outcome.model() != null && outcome.verdict() instanceof ThetaVerdict.Adopted adopted) {
      Thresholds old = outcome.model().thresholds();
      send(
          "%s re-tuning %s: θ1 %s, θ2 %s in force for model %s instead of %s and %s%n• %s"
              .formatted(
                  channel,
                  id,
                  adopted.next().theta1(),
                  adopted.next().theta2(),
                  outcome.model().version(),
                  old.theta1(),
                  old.theta2(),
                  String.join("\n• ", adopted.reasons())));
    }
  }

  /** The run failed. */
  void failed(UUID id, String message) {
    send("%s re-tuning %s: failed, %s".formatted(channel, id, message));
  }

  private void send(String text) {
    if (slack != null) {
      slack.send(text);
    }
  }
}

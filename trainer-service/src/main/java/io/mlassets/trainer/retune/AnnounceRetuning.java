package io.mlassets.trainer.retune;

import io.mlassets.decision.Thresholds;
import io.mlassets.platform.notify.SlackWebhook;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Tells Slack when other thresholds came in force or re-tuning failed; that they stay is usual and
 * only logged. Without a webhook nobody is told.
 */
public final class AnnounceRetuning {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private final @Nullable SlackWebhook slack;
  private final String channel;

  private AnnounceRetuning(@Nullable SlackWebhook slack, String channel) {
    this.slack = slack;
    this.channel = channel;
  }

  /** By the environment's {@code SLACK_WEBHOOK_URL}. */
  public static AnnounceRetuning of(Environment environment, String channel) {
    String address = environment.getProperty("slack.webhook.url", "");
    return new AnnounceRetuning(
        address.isBlank() ? null : new SlackWebhook(URI.create(address.strip()), FIRST_PAUSE),
        channel);
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

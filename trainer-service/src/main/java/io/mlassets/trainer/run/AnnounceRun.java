package io.mlassets.trainer.run;

import io.mlassets.platform.notify.SlackWebhook;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Tells Slack how a run ended (requirements R-02, P-03); without a webhook nobody is told. */
public final class AnnounceRun {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private final @Nullable SlackWebhook slack;
  private final String channel;

  /** {@code channel} is named in the text: a webhook has its own. */
  public AnnounceRun(@Nullable SlackWebhook slack, String channel) {
    this.slack = slack;
    this.channel = channel;
  }

  /** By the environment's {@code SLACK_WEBHOOK_URL}. */
  public static AnnounceRun of(Environment environment, String channel) {
    String address = environment.getProperty("slack.webhook.url", "");
    return new AnnounceRun(
        address.isBlank() ? null : new SlackWebhook(URI.create(address.strip()), FIRST_PAUSE),
        channel);
  }

  /** The run came to a verdict. Takes as long as Slack does. */
  public void succeeded(UUID id, RunOutcome outcome) {
    String sharpe =
        outcome.metrics().backtest().sharpe() == null
            ? "no trades"
            : String.format(
                Locale.ROOT,
                "out-of-fold Sharpe %.2f over %d trades",
                outcome.metrics().backtest().sharpe(),
                outcome.metrics().backtest().trades());
    send(
        "%s: model %s %s (%s, θ1 %s, θ2 %s)%s%n• %s"
            .formatted(
                run(id),
                outcome.modelVersion(),
                outcome.verdict(),
                sharpe,
                outcome.thresholds().theta1(),
                outcome.thresholds().theta2(),
                outcome.transfer() == null ? "" : ", " + outcome.transfer(),
                String.join("\n• ", outcome.reasons())));
  }

  /** The run ended without a candidate. */
  public void ended(UUID id, RunStatus status, String message) {
    send("%s: %s, %s".formatted(run(id), status.wire(), message));
  }

  /** Says it on a thread of its own: Slack may be slow or down. */
  static void later(Runnable words) {
    Thread.ofVirtual().name("announce").start(words);
  }

  private String run(UUID id) {
    return "%s retraining %s".formatted(channel, id);
  }

  private void send(String text) {
    if (slack != null) {
      slack.send(text);
    }
  }
}

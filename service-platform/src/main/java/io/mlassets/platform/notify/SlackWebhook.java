package io.mlassets.platform.notify;

import io.mlassets.platform.notify.JsonPost.Answer;
import io.mlassets.platform.notify.JsonPost.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/**
 * An incoming webhook of Slack (api.slack.com/messaging/webhooks). Its address is a secret: it
 * comes from {@code SLACK_WEBHOOK_URL} and is never logged. Slack being down changes nothing else.
 */
public final class SlackWebhook {
  private static final Logger log = LoggerFactory.getLogger(SlackWebhook.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  private final JsonPost post;
  private final JsonMapper json = JsonMapper.builder().build();

  private SlackWebhook(JsonPost post) {
    this.post = post;
  }

  /**
   * By the environment's {@code SLACK_WEBHOOK_URL}; empty without one.
   *
   * @throws IllegalArgumentException when it is not an http or https address; what it is instead is
   *     not told
   */
  public static Optional<SlackWebhook> of(Environment environment) {
    String address = environment.getProperty("slack.webhook.url", "").strip();
    return address.isEmpty() ? Optional.empty() : Optional.of(at(address, FIRST_PAUSE));
  }

  /**
   * At an address.
   *
   * @param firstPause wait before the second attempt; doubled before each further one
   */
  static SlackWebhook at(String address, Duration firstPause) {
    return new SlackWebhook(new JsonPost("SLACK_WEBHOOK_URL", address, firstPause));
  }

  /**
   * Posts a text; tries again while Slack is down or asks to wait.
   *
   * @return whether Slack took it
   */
  public boolean send(String text) {
    Answer answer = post.send(json.writeValueAsString(Map.of("text", text)));
    if (answer.outcome() == Outcome.TAKEN) {
      return true;
    }
    log.warn("Slack was not told: {}; the text was: {}", answer.fault(), text);
    return false;
  }
}

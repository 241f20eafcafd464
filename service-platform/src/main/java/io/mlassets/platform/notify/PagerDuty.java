package io.mlassets.platform.notify;

import io.mlassets.alert.Alert;
import io.mlassets.platform.notify.JsonPost.Answer;
import io.mlassets.platform.notify.JsonPost.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/**
 * PagerDuty's Events API v2 (developer.pagerduty.com/docs/events-api-v2). Events of one key are one
 * incident there. The routing key is a secret: it comes from {@code PAGERDUTY_ROUTING_KEY}, goes
 * into the body of the request, and is never logged.
 */
public final class PagerDuty {
  private static final Logger log = LoggerFactory.getLogger(PagerDuty.class);
  private static final String USUAL_ADDRESS = "https://events.pagerduty.com/v2/enqueue";
  private static final Pattern ROUTING_KEY = Pattern.compile("[0-9A-Za-z]{20,64}");
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int LONGEST_SUMMARY = 1_024;

  private final JsonPost post;
  private final String routingKey;
  private final JsonMapper json = JsonMapper.builder().build();

  private PagerDuty(JsonPost post, String routingKey) {
    if (!ROUTING_KEY.matcher(routingKey).matches()) {
      throw new IllegalArgumentException(
          "PAGERDUTY_ROUTING_KEY: not 20 to 64 letters and digits, as an integration key is");
    }
    this.post = post;
    this.routingKey = routingKey;
  }

  /**
   * By the environment's {@code PAGERDUTY_ROUTING_KEY}; empty without one. {@code
   * PAGERDUTY_EVENTS_URL} names another region's address.
   *
   * @throws IllegalArgumentException when one of them cannot be; what it is instead is not told
   */
  public static Optional<PagerDuty> of(Environment environment) {
    String key = environment.getProperty("pagerduty.routing.key", "").strip();
    String address = environment.getProperty("pagerduty.events.url", "").strip();
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(at(address.isEmpty() ? USUAL_ADDRESS : address, key, FIRST_PAUSE));
  }

  /**
   * At an address.
   *
   * @param firstPause wait before the second attempt; doubled before each further one
   */
  static PagerDuty at(String address, String routingKey, Duration firstPause) {
    return new PagerDuty(new JsonPost("PAGERDUTY_EVENTS_URL", address, firstPause), routingKey);
  }

  /**
   * Opens an incident, or adds to the open one of the same key.
   *
   * @param source who noticed
   * @param count how many alerts this one stands for
   * @return false when it may be taken later; true when it was taken, or never will be
   */
  public boolean trigger(Alert alert, String source, int count) {
    Map<String, Object> details = new LinkedHashMap<>(alert.details());
    details.put("count", count);
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("summary", shortened(alert.summary()));
    payload.put("source", source);
    payload.put("severity", alert.severity().wire());
    payload.put("component", "ml-assets-core");
    payload.put("custom_details", details);
    return send("trigger", alert.key(), payload);
  }

  /** Says that somebody is at it; same answer as {@link #trigger}. */
  public boolean acknowledge(String key) {
    return send("acknowledge", key, Map.of());
  }

  /** Closes the incident; same answer as {@link #trigger}. */
  public boolean resolve(String key) {
    return send("resolve", key, Map.of());
  }

  private boolean send(String action, String key, Map<String, Object> payload) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("routing_key", routingKey);
    event.put("event_action", action);
    event.put("dedup_key", key);
    if (!payload.isEmpty()) {
      event.put("payload", payload);
    }
    Answer answer = post.send(json.writeValueAsString(event));
    if (answer.outcome() != Outcome.TAKEN) {
      log.warn("PagerDuty did not take {} of {}: {}", action, key, answer.fault());
    }
    return answer.outcome() != Outcome.AWAY;
  }

  private static String shortened(String summary) {
    return summary.length() <= LONGEST_SUMMARY ? summary : summary.substring(0, LONGEST_SUMMARY);
  }

  @Override
  public String toString() {
    return "PagerDuty(secret)";
  }
}

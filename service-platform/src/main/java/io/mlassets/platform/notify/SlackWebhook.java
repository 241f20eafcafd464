package io.mlassets.platform.notify;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
  private static final Pattern HTTP = Pattern.compile("https?");
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final URI address;
  private final Duration firstPause;
  private final HttpClient http;
  private final JsonMapper json = JsonMapper.builder().build();

  private SlackWebhook(URI address, Duration firstPause) {
    this.address = address;
    this.firstPause = firstPause;
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
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
    return new SlackWebhook(parsed(address), firstPause);
  }

  /** What a parser says of a secret holds it: no cause. */
  private static URI parsed(String address) {
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null && HTTP.matcher(String.valueOf(uri.getScheme())).matches()) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw notAnAddress();
    }
    throw notAnAddress();
  }

  private static IllegalArgumentException notAnAddress() {
    return new IllegalArgumentException("SLACK_WEBHOOK_URL: not an http or https address");
  }

  /**
   * Posts a text; tries again while Slack is down or asks to wait.
   *
   * @return whether Slack took it
   */
  public boolean send(String text) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(json.writeValueAsString(Map.of("text", text))))
            .build();
    String fault = "";
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (attempt > 0) {
          Thread.sleep(firstPause.multipliedBy(1L << (attempt - 1)));
        }
        fault = post(request);
        if (fault.isEmpty()) {
          return true;
        }
        if (fault.startsWith("refused")) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fault = "interrupted";
    }
    log.warn("Slack was not told: {}; the text was: {}", fault, text);
    return false;
  }

  /** Empty when taken; otherwise what went wrong, without the address. */
  private String post(HttpRequest request) throws InterruptedException {
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < 300) {
        return "";
      }
      return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR
          ? "status " + status
          : "refused with status " + status;
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }
}

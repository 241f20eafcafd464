package io.mlassets.platform.notify;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Posts JSON to one address; tries again, with growing pauses, while it is down or asks to wait.
 * What it says of a failure holds neither address nor content: both may be secret.
 */
final class JsonPost {
  /** What posting came to. */
  enum Outcome {
    TAKEN,
    /** Not now; it may be taken later. */
    AWAY,
    /** Never: the request itself is refused. */
    REFUSED
  }

  /** An outcome and, unless taken, what went wrong. */
  record Answer(Outcome outcome, String fault) {}

  private static final Pattern HTTP = Pattern.compile("https?");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 4;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final URI address;
  private final Duration firstPause;
  private final HttpClient http;

  /**
   * To an address.
   *
   * @param variable the environment variable it comes from
   * @param firstPause wait before the second attempt; doubled before each further one
   * @throws IllegalArgumentException when it is no http or https address; what it is instead is not
   *     told
   */
  JsonPost(String variable, String address, Duration firstPause) {
    this.address = parsed(variable, address);
    this.firstPause = firstPause;
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  }

  /** What a parser says of a secret holds it: no cause. */
  private static URI parsed(String variable, String address) {
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null && HTTP.matcher(String.valueOf(uri.getScheme())).matches()) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw notAnAddress(variable);
    }
    throw notAnAddress(variable);
  }

  private static IllegalArgumentException notAnAddress(String variable) {
    return new IllegalArgumentException(variable + ": not an http or https address");
  }

  /** Posts; returns after the last attempt. */
  Answer send(String json) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    Answer answer = new Answer(Outcome.AWAY, "not tried");
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (attempt > 0) {
          Thread.sleep(firstPause.multipliedBy(1L << (attempt - 1)));
        }
        answer = post(request);
        if (answer.outcome() != Outcome.AWAY) {
          return answer;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(Outcome.AWAY, "interrupted");
    }
    return answer;
  }

  private Answer post(HttpRequest request) throws InterruptedException {
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < 300) {
        return new Answer(Outcome.TAKEN, "");
      }
      return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR
          ? new Answer(Outcome.AWAY, "status " + status)
          : new Answer(Outcome.REFUSED, "refused with status " + status);
    } catch (IOException e) {
      return new Answer(Outcome.AWAY, e.getClass().getSimpleName());
    }
  }
}

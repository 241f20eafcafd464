package io.mlassets.bench.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A dispatcher as its operator sees it. */
final class DispatcherRest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ROUNDS = "dispatch_rounds_total{leads=\"true\",stream=\"all:live\"}";
  private final HttpClient http;
  private final int port;

  DispatcherRest(HttpClient http, int port) {
    this.http = http;
    this.port = port;
  }

  /** Halts or resumes trading. */
  void control(String what) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            request("/api/v1/control/" + what)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"bench faults\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("%s: %d %s".formatted(what, answer.statusCode(), answer.body()));
    }
  }

  /** The trading state and why, as JSON. */
  String state() throws IOException, InterruptedException {
    return http.send(request("/api/v1/control").build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Rounds it led so far; empty while it does not answer. */
  Optional<Double> roundsLed() throws InterruptedException {
    try {
      String metrics =
          http.send(request("/actuator/prometheus").build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return metrics
          .lines()
          .filter(line -> line.startsWith(ROUNDS))
          .map(line -> Double.parseDouble(line.substring(ROUNDS.length()).trim()))
          .findFirst()
          .or(() -> Optional.of(0.0));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + Floor.OPERATOR);
  }
}

package io.mlassets.bench.faults;

import io.mlassets.suite.server.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A dispatcher as its operator and Prometheus see it. */
final class DispatcherRest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ROUNDS = "dispatch_rounds_total{leads=\"true\",stream=\"all:live\"}";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final String url;
  private final RestClient rest;

  DispatcherRest(String url) {
    this.url = url;
    this.rest = new RestClient(url, Servers.OPERATOR);
  }

  /** Halts or resumes trading. */
  void control(String what) throws IOException, InterruptedException {
    rest.post(
        "/api/v1/control/" + what,
        JsonNodeFactory.instance.objectNode().put("reason", "bench faults"),
        200);
  }

  /** The trading state and what it comes from. */
  JsonNode control() throws IOException, InterruptedException {
    return rest.get("/api/v1/control");
  }

  /** Rounds it led so far. */
  double roundsLed() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/actuator/prometheus")).timeout(PATIENCE).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(ROUNDS))
        .mapToDouble(line -> Double.parseDouble(line.substring(ROUNDS.length()).trim()))
        .findFirst()
        .orElse(0);
  }
}

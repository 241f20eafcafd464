package io.mlassets.suite.demo;

import io.mlassets.suite.console.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run, asked for over the trainer's REST interface as an operator would. */
final class TrainingRun {
  private static final Set<String> FINAL = Set.of("success", "failed", "aborted");

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final JsonMapper json = JsonMapper.builder().build();
  private final String trainerUrl;
  private final String token;

  TrainingRun(String trainerUrl, String token) {
    this.trainerUrl = trainerUrl;
    this.token = token;
  }

  /** Starts a run and shows its progress until it has ended. */
  UUID train(JsonNode request) throws IOException, InterruptedException {
    HttpResponse<String> accepted =
        http.send(
            to("/api/v1/retrain")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(request)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (accepted.statusCode() != 202) {
      throw new DemoFailure(
          "the trainer refused the run with %d: %s"
              .formatted(accepted.statusCode(), accepted.body()));
    }
    UUID id = UUID.fromString(json.readTree(accepted.body()).required("run_id").asString());
    try (Progress progress = Progress.of("train", 100)) {
      follow(id, progress);
      while (!FINAL.contains(status(id))) {
        Thread.sleep(200);
      }
    }
    return id;
  }

  /** Reads the run's events until the trainer ends the stream. */
  private void follow(UUID id, Progress progress) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> events =
        http.send(
            to("/api/v1/retrain/" + id + "/events").header("Accept", "text/event-stream").build(),
            HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = events.body()) {
      lines
          .filter(line -> line.startsWith("data:"))
          .map(line -> json.readTree(line.substring("data:".length())))
          .forEach(event -> show(event, progress));
    }
  }

  private static void show(JsonNode event, Progress progress) {
    progress.at(
        event.path("done").asLong(0),
        event.path("total").asLong(100),
        event.path("stage").asString(""));
  }

  private String status(UUID id) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(to("/api/v1/retrain/" + id).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new DemoFailure(
          "the trainer answered %d for run %s: %s"
              .formatted(answer.statusCode(), id, answer.body()));
    }
    return json.readTree(answer.body()).required("status").asString();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(trainerUrl + path))
        .header("Authorization", "Bearer " + token);
  }
}

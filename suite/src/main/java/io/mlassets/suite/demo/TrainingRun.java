package io.mlassets.suite.demo;

import io.mlassets.suite.console.Progress;
import io.mlassets.suite.server.RestClient;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One run, asked for over the trainer's REST interface as an operator would. */
final class TrainingRun {
  private static final Set<String> FINAL = Set.of("success", "failed", "aborted");

  private final RestClient trainer;

  TrainingRun(RestClient trainer) {
    this.trainer = trainer;
  }

  /** Starts a run and shows its progress until it has ended. */
  UUID train(JsonNode request) throws IOException, InterruptedException {
    UUID id =
        UUID.fromString(
            trainer.post("/api/v1/retrain", request, 202).required("run_id").asString());
    try (Progress progress = Progress.of("train", 100)) {
      trainer.events("/api/v1/retrain/" + id + "/events", event -> show(event, progress));
      while (!FINAL.contains(trainer.get("/api/v1/retrain/" + id).required("status").asString())) {
        Thread.sleep(200);
      }
    }
    return id;
  }

  private static void show(JsonNode event, Progress progress) {
    String stage = event.path("stage").asString("");
    JsonNode left = event.path("seconds_left");
    progress.at(
        event.path("percent").asLong(0),
        100,
        left.isNumber() && !FINAL.contains(stage)
            ? "%s, about %d s left".formatted(stage, left.asLong())
            : stage);
  }
}

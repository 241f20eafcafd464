package io.mlassets.trainer.rest;

import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.mlassets.trainer.run.DefaultRequest;
import io.mlassets.trainer.run.RetrainRun;
import io.mlassets.trainer.run.RetrainRuns;
import io.mlassets.trainer.run.RunEvent;
import io.mlassets.trainer.run.RunInProgressException;
import io.mlassets.trainer.run.RunTraining;
import io.mlassets.trainer.run.Trigger;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Starts, shows and aborts training runs. */
@RestController
@RequestMapping("/api/v1/retrain")
class RetrainController {
  private final RunTraining training;
  private final RetrainRuns runs;
  private final DefaultRequest defaults;
  private final RunStreams streams;

  RetrainController(
      RunTraining training, RetrainRuns runs, DefaultRequest defaults, RunStreams streams) {
    this.streams = streams;
    this.training = training;
    this.runs = runs;
    this.defaults = defaults;
  }

  @PostMapping
  ResponseEntity<Accepted> start(@RequestBody(required = false) @Nullable RetrainBody given) {
    RetrainBody body = given == null ? RetrainBody.empty() : given;
    try {
      UUID id =
          training.start(
              defaults.complete(
                  body.pairs(),
                  body.interval(),
                  body.from(),
                  body.to(),
                  body.seed(),
                  body.trials(),
                  body.engine(),
                  body.featureSchema(),
                  null),
              Trigger.REST);
      return ResponseEntity.accepted()
          .location(URI.create("/api/v1/retrain/" + id))
          .body(new Accepted(id, "running"));
    } catch (RunInProgressException e) {
      throw new ConflictException(String.valueOf(e.getMessage()));
    }
  }

  @GetMapping
  Page<RetrainRun> list(
      @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
    PageRequest wanted = new PageRequest(page, size);
    return new Page<>(runs.list(size, wanted.offset()), page, size, runs.count());
  }

  @GetMapping("/{id}")
  RetrainRun show(@PathVariable UUID id) {
    return runs.find(id).orElseThrow(() -> new NotFoundException("run " + id));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<RetrainRun> abort(@PathVariable UUID id) {
    RetrainRun run = show(id);
    if (!training.abort(id)) {
      throw new ConflictException("run %s has ended: %s".formatted(id, run.status()));
    }
    return ResponseEntity.accepted().body(run);
  }

  @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(@PathVariable UUID id) {
    RetrainRun run = show(id);
    return streams.open(training.events(id), RunEvent.recorded(run));
  }
}

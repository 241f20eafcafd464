package io.mlassets.trainer.rest;

import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.mlassets.trainer.retune.RunRetuning;
import io.mlassets.trainer.retune.ThetaRun;
import io.mlassets.trainer.retune.ThetaRuns;
import io.mlassets.trainer.run.Trigger;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Starts and shows attempts at re-tuning the thresholds in force. */
@RestController
@RequestMapping("/api/v1/retune")
class RetuneController {
  private final RunRetuning retuning;
  private final ThetaRuns runs;

  RetuneController(RunRetuning retuning, ThetaRuns runs) {
    this.retuning = retuning;
    this.runs = runs;
  }

  @PostMapping
  ResponseEntity<Accepted> start() {
    UUID id =
        retuning
            .start(Trigger.REST)
            .orElseThrow(() -> new ConflictException("another re-tuning is under way"));
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/retune/" + id))
        .body(new Accepted(id, "running"));
  }

  @GetMapping
  Page<ThetaRun> list(
      @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
    PageRequest wanted = new PageRequest(page, size);
    return new Page<>(runs.list(size, wanted.offset()), page, size, runs.count());
  }

  @GetMapping("/{id}")
  ThetaRun show(@PathVariable UUID id) {
    return runs.find(id).orElseThrow(() -> new NotFoundException("re-tuning " + id));
  }
}

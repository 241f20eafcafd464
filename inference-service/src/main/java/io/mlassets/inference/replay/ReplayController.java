package io.mlassets.inference.replay;

import io.mlassets.platform.web.NotFoundException;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Replays over REST. */
@RestController
class ReplayController {
  private final ReplayDecision replay;

  ReplayController(ReplayDecision replay) {
    this.replay = replay;
  }

  @GetMapping("/api/v1/signals/{signalId}/replay")
  @Operation(summary = "A past decision made again from what was recorded, value by value")
  Replayed replay(@PathVariable UUID signalId) {
    return replay.run(signalId).orElseThrow(() -> new NotFoundException("signal " + signalId));
  }
}

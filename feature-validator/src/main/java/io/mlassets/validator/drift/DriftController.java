package io.mlassets.validator.drift;

import io.mlassets.platform.web.NotFoundException;
import io.mlassets.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/drift} reads measurements, {@code POST /api/v1/drift/check} makes one now. */
@RestController
class DriftController {
  private final FindDrift find;
  private final CheckDrift check;

  DriftController(FindDrift find, CheckDrift check) {
    this.find = find;
    this.check = check;
  }

  @GetMapping("/api/v1/drift")
  @Operation(summary = "Stored measurements of features, results and risk control, newest first")
  DriftRows drift(
      @RequestParam(name = "model_version", required = false) @Nullable String modelVersion,
      @RequestParam(required = false) @Nullable String pair,
      @RequestParam(required = false) @Nullable String feature,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "100") int size) {
    return find.by(
        new DriftFilter(modelVersion, pair, feature, from, to), new PageRequest(page, size));
  }

  @PostMapping("/api/v1/drift/check")
  @Operation(summary = "Measure now instead of at the next interval")
  DriftRows checkNow() {
    Findings findings = check.now().orElseThrow(() -> new NotFoundException("a trained model"));
    Instant at = findings.at();
    return find.by(
        new DriftFilter(findings.model().version(), null, null, at, at.plusSeconds(1)),
        new PageRequest(0, 1_000));
  }
}

package io.mlassets.registry.run;

import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.mlassets.registry.Filters;
import io.mlassets.registry.Known;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Retraining runs over REST (E-03). */
@RestController
class RetrainRunsController {
  private static final List<String> STATUSES =
      List.of("running", "success", "failed", "retrying", "aborted");
  private static final List<String> VERDICTS = List.of("adopted", "held", "rejected");
  private final RetrainRunRows runs;

  RetrainRunsController(RetrainRunRows runs) {
    this.runs = runs;
  }

  @GetMapping("/api/v1/retrain-runs")
  @Operation(summary = "Retraining runs, newest first")
  Page<RetrainRunRow> list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String verdict,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    return new Filters<RetrainRunRow>()
        .equal("status", Known.oneOf("status", status, STATUSES))
        .equal("verdict", Known.oneOf("verdict", verdict, VERDICTS))
        .from("startedAt", from)
        .before("startedAt", to)
        .page(
            runs,
            new PageRequest(page, size),
            Sort.by(Sort.Order.desc("startedAt"), Sort.Order.asc("runId")));
  }
}

package io.mlassets.validator.schema;

import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/schema/diff}. */
@RestController
class SchemaDiffController {
  private final DiffSchemas diffs;

  SchemaDiffController(DiffSchemas diffs) {
    this.diffs = diffs;
  }

  @PostMapping("/api/v1/schema/diff")
  @Operation(summary = "Compare a model's feature schema with the newest, or with the one given")
  SchemaDiffReport diff(@RequestBody(required = false) @Nullable SchemaDiffRequest request) {
    return diffs.asked(request == null ? SchemaDiffRequest.DEFAULT : request);
  }
}

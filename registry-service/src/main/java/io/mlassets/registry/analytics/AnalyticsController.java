package io.mlassets.registry.analytics;

import io.mlassets.platform.web.NotFoundException;
import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The views of schema {@code analytics} over REST (E-06); columns are the views' own. */
@RestController
class AnalyticsController {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  AnalyticsController(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  @GetMapping("/api/v1/analytics/{view}")
  @Operation(
      summary =
          "Rows of model-performance, retraining, signals-daily, no-trade-daily, risk-scores or"
              + " leg-results, newest first")
  Page<JsonNode> rows(
      @PathVariable String view,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    AnalyticsView wanted =
        AnalyticsView.of(view).orElseThrow(() -> new NotFoundException("analytics view " + view));
    PageRequest part = new PageRequest(page, size);
    long total =
        jdbc.sql(wanted.count())
            .param("from", utc(from))
            .param("to", utc(to))
            .query(Long.class)
            .single();
    var items =
        jdbc.sql(wanted.rows())
            .param("from", utc(from))
            .param("to", utc(to))
            .param("size", part.size())
            .param("offset", part.offset())
            .query((row, n) -> json.readTree(row.getString(1)))
            .list();
    return new Page<>(items, page, size, total);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}

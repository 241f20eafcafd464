package io.mlassets.registry.model;

import io.mlassets.model.ModelVersion;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads {@code core.run_reports}. */
@Component
class RunReports {
  private final JdbcClient jdbc;

  RunReports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The page; none for a model without a report. */
  Optional<String> html(ModelVersion version) {
    return jdbc.sql("select html from core.run_reports where model_version = ?")
        .param(version.value())
        .query(String.class)
        .optional();
  }
}

package io.mlassets.registry.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code audit.retrain_runs}; written by the trainer. */
@Entity
@Immutable
@Table(schema = "audit", name = "retrain_runs")
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public class RetrainRunRow {
  @Id
  @Column(name = "run_id")
  @JsonProperty("run_id")
  private UUID runId;

  @Column(name = "started_at")
  @JsonProperty("started_at")
  private Instant startedAt;

  @Column(name = "ended_at")
  @JsonProperty("ended_at")
  private @Nullable Instant endedAt;

  @Column private String status;

  @Column(name = "retry_count")
  @JsonProperty("retry_count")
  private short retryCount;

  @Column(name = "model_version")
  @JsonProperty("model_version")
  private @Nullable String modelVersion;

  @Column private @Nullable BigDecimal theta1;
  @Column private @Nullable BigDecimal theta2;

  @JsonRawValue
  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(read = "cast(metrics as text)")
  private @Nullable String metrics;

  @Column(name = "log_path")
  @JsonProperty("log_path")
  private String logPath;

  @Column(name = "error_message")
  @JsonProperty("error_message")
  private @Nullable String errorMessage;

  @Column private String trigger;

  @JsonRawValue
  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(read = "cast(request as text)")
  private String request;

  @Column private @Nullable String verdict;

  @JsonRawValue
  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(read = "cast(reasons as text)")
  private @Nullable String reasons;

  @JsonRawValue
  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(read = "cast(resources as text)")
  private @Nullable String resources;

  /** For the persistence provider. */
  protected RetrainRunRow() {}
}

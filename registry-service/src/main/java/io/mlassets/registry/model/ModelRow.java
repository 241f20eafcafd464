package io.mlassets.registry.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code core.model_registry}; written by the platform's registry component alone. */
@Entity
@Immutable
@IdClass(ModelKey.class)
@Table(schema = "core", name = "model_registry")
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public class ModelRow {
  @Id
  @Column(name = "model_version")
  @JsonProperty("model_version")
  private String modelVersion;

  @Id
  @Column(name = "model_type")
  @JsonProperty("model_type")
  private String modelType;

  @Id
  @Column(name = "model_scope")
  @JsonProperty("model_scope")
  private String modelScope;

  @Column private String status;

  @Column(name = "train_period_start")
  @JsonProperty("train_period_start")
  private LocalDate trainPeriodStart;

  @Column(name = "train_period_end")
  @JsonProperty("train_period_end")
  private LocalDate trainPeriodEnd;

  @Column private BigDecimal theta1;
  @Column private BigDecimal theta2;

  @JsonRawValue
  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(read = "cast(metrics as text)")
  private String metrics;

  @Column(name = "artifact_path")
  @JsonProperty("artifact_path")
  private String artifactPath;

  @Column private String notes;

  @Column(name = "feature_schema_hash")
  @JsonProperty("feature_schema_hash")
  private String featureSchemaHash;

  @Column private long seed;

  @JsonRawValue
  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(read = "cast(params as text)")
  private String params;

  @Column(name = "created_at")
  @JsonProperty("created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  @JsonProperty("updated_at")
  private Instant updatedAt;

  /** When retention deleted the bundle; null while it is kept. */
  @Column(name = "bundle_deleted_at")
  @JsonProperty("bundle_deleted_at")
  private @Nullable Instant bundleDeletedAt;

  /** Where its run's report is; null for a model made before there were any. */
  @Formula(
      "(select '/api/v1/models/' || r.model_version || '/report'"
          + " from core.run_reports r where r.model_version = model_version)")
  @JsonProperty("report")
  private @Nullable String report;

  /** For the persistence provider. */
  protected ModelRow() {}
}

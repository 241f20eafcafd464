package io.mlassets.platform.registry;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.ModelType;
import java.time.LocalDate;

/**
 * One row to be written to {@code core.model_registry}; version, scope and status come with the
 * verdict.
 *
 * @param type the model
 * @param trainPeriodStart first day trained on, UTC
 * @param trainPeriodEnd last day trained on, UTC
 * @param thresholds thresholds found
 * @param metricsJson metrics as a JSON object
 * @param artifactPath where the bundle file is
 * @param notes the verdict in words, with its numbers
 * @param featureSchemaHash schema the model reads
 * @param seed seed of the run
 * @param paramsJson parameters as a JSON object
 */
public record RegistryEntry(
    ModelType type,
    LocalDate trainPeriodStart,
    LocalDate trainPeriodEnd,
    Thresholds thresholds,
    String metricsJson,
    String artifactPath,
    String notes,
    String featureSchemaHash,
    long seed,
    String paramsJson) {}

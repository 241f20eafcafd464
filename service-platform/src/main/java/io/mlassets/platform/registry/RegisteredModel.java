package io.mlassets.platform.registry;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.ModelVersion;

/**
 * A bundle in the registry.
 *
 * @param version its version
 * @param scope its scope
 * @param contentSha256 hash of what training determined; empty if the bundle's bytes are lost
 * @param artifactPath where the bundle file was put
 * @param thresholds in force for it: its own, or those it was re-tuned to
 */
public record RegisteredModel(
    ModelVersion version,
    String scope,
    String contentSha256,
    String artifactPath,
    Thresholds thresholds) {}

package io.mlassets.registry.model;

import java.io.Serializable;

/**
 * Identity of a registered model.
 *
 * @param modelVersion {@code yyyyMMdd_HHmm}
 * @param modelType AI1, AI2 or AI3
 * @param modelScope scope
 */
public record ModelKey(String modelVersion, String modelType, String modelScope)
    implements Serializable {}

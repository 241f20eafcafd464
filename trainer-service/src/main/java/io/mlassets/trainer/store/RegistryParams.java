package io.mlassets.trainer.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.model.EngineId;
import io.mlassets.model.ModelEntry;
import io.mlassets.model.TreeParams;

/**
 * {@code core.model_registry.params}: how to train the model again.
 *
 * @param engine the engine
 * @param engineVersion its library's version
 * @param trials parameter trials made, all engines
 * @param values parameters under the engine's names
 */
record RegistryParams(
    @JsonProperty("engine") EngineId engine,
    @JsonProperty("engine_version") String engineVersion,
    @JsonProperty("trials") int trials,
    @JsonProperty("values") TreeParams values) {

  static RegistryParams of(ModelEntry entry) {
    return new RegistryParams(
        entry.engine(), entry.engineVersion(), entry.trials(), entry.params());
  }
}

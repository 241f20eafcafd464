package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * One model of a bundle.
 *
 * @param file its file in the bundle, such as {@code ai1.txt}
 * @param engine the engine that trained it
 * @param engineVersion the engine library's version
 * @param objective what it was trained for
 * @param inputs names of the features it looks at, in schema order
 * @param params hyper-parameters under the engine's names
 * @param trials hyper-parameter trials made to find it, over all engines
 * @param calibration turns the raw score into the model's output
 * @param metrics out-of-fold quality of the calibrated output
 */
public record ModelEntry(
    @JsonProperty("file") String file,
    @JsonProperty("engine") EngineId engine,
    @JsonProperty("engine_version") String engineVersion,
    @JsonProperty("objective") Objective objective,
    @JsonProperty("inputs") List<String> inputs,
    @JsonProperty("params") TreeParams params,
    @JsonProperty("trials") int trials,
    @JsonProperty("calibration") Calibration calibration,
    @JsonProperty("metrics") ModelMetrics metrics) {

  /** Copies; refuses a model without inputs with {@link IllegalArgumentException}. */
  public ModelEntry {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty() || trials < 0) {
      throw new IllegalArgumentException(
          "%s: %d inputs, %d trials".formatted(file, inputs.size(), trials));
    }
  }

  /** The name of the file of {@code type} trained with {@code engine}: {@code ai1.txt}. */
  public static String fileOf(ModelType type, EngineId engine) {
    return type.name().toLowerCase(Locale.ROOT) + "." + engine.suffix();
  }
}

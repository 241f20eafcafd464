package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row and the exact outputs it must give.
 *
 * @param features raw values in schema order; null is missing
 * @param raw raw scores of AI1, AI2, AI3
 * @param outputs calibrated outputs of AI1, AI2, AI3
 */
record GoldenRow(
    @JsonProperty("features") @JsonSetter(contentNulls = Nulls.SET) List<@Nullable Double> features,
    @JsonProperty("raw") List<Double> raw,
    @JsonProperty("outputs") List<Double> outputs) {

  static GoldenRow of(
      double[] values, ToDoubleFunction<ModelType> raw, ToDoubleFunction<ModelType> output) {
    return new GoldenRow(
        Arrays.stream(values).mapToObj(v -> Double.isNaN(v) ? null : v).toList(),
        perType(raw),
        perType(output));
  }

  double[] values() {
    return features.stream()
        .flatMapToDouble(v -> DoubleStream.of(v == null ? Double.NaN : v))
        .toArray();
  }

  private static List<Double> perType(ToDoubleFunction<ModelType> value) {
    return Stream.of(ModelType.values()).map(type -> value.applyAsDouble(type)).toList();
  }
}

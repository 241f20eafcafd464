package io.mlassets.bench.honesty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/** A mean and its standard error; NaN of no values, and the error of a single one. */
record Estimate(
    @JsonProperty("mean") double mean, @JsonProperty("standard_error") double standardError) {

  static Estimate of(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Estimate(mean, Math.sqrt(squares / (values.length - 1) / values.length));
  }

  /** By how many of its standard errors it lies above a value; negative below. */
  double errorsFrom(double value) {
    if (mean == value) {
      return 0; // All values lie exactly there: there is no error to divide by.
    }
    return (mean - value) / standardError;
  }

  /** Mean ± error, so many digits. */
  String text(int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f ± %." + digits + "f", mean, standardError);
  }
}

package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Quality of a regression.
 *
 * @param rows rows judged
 * @param rmse root of the mean squared error, in the target's unit
 * @param baseRmse that of always saying the mean
 */
public record Rmse(
    @JsonProperty("rows") int rows,
    @JsonProperty("rmse") double rmse,
    @JsonProperty("base_rmse") double baseRmse)
    implements ModelMetrics {

  /** Metrics of finite predictions against finite targets, at least one row. */
  public static Rmse of(double[] predictions, double[] targets) {
    int rows = targets.length;
    if (rows == 0 || predictions.length != rows) {
      throw new IllegalArgumentException(
          "%d predictions for %d targets".formatted(predictions.length, rows));
    }
    double mean = 0;
    for (double target : targets) {
      mean += target / rows;
    }
    double squares = 0;
    double baseSquares = 0;
    for (int i = 0; i < rows; i++) {
      squares += (predictions[i] - targets[i]) * (predictions[i] - targets[i]);
      baseSquares += (mean - targets[i]) * (mean - targets[i]);
    }
    if (!Double.isFinite(squares) || !Double.isFinite(baseSquares)) {
      throw new IllegalArgumentException("predictions and targets must be finite");
    }
    return new Rmse(rows, Math.sqrt(squares / rows), Math.sqrt(baseSquares / rows));
  }
}

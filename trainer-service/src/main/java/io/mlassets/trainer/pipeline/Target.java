package io.mlassets.trainer.pipeline;

import io.mlassets.model.ModelType;
import io.mlassets.model.Objective;
import java.util.List;
import java.util.Map;

/**
 * What one of the three models learns.
 *
 * @param type the model
 * @param objective classification or regression
 * @param labels one per row of the training set
 * @param directions of the features where one is known, see {@code KnownDirections}
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the array; never compared
record Target(
    ModelType type, Objective objective, double[] labels, Map<String, Integer> directions) {

  /** Its directions by column, in an engine's form; categories have none. */
  int[] directionsOf(List<String> names) {
    return names.stream().mapToInt(name -> directions.getOrDefault(name, 0)).toArray();
  }

  /** Mean loss of raw scores on rows: log loss, or squared error. */
  double loss(double[] raw, int[] rows) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += loss(raw[i], labels[rows[i]]);
    }
    return sum / rows.length;
  }

  private double loss(double raw, double label) {
    if (objective == Objective.REGRESSION) {
      return (raw - label) * (raw - label);
    }
    // −log p of the label without overflow: log(1 + e^f) − y·f
    return Math.max(raw, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(raw))) - label * raw;
  }
}

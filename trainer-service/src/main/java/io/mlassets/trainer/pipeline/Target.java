package io.mlassets.trainer.pipeline;

import io.mlassets.model.ModelType;
import io.mlassets.model.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one of the three models learns.
 *
 * @param type the model
 * @param objective classification or regression
 * @param labels one per row of the training set
 * @param weights one per row of the training set, mean 1; null weighs all alike
 * @param directions of the features where one is known, see {@code KnownDirections}
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the array; never compared
record Target(
    ModelType type,
    Objective objective,
    double[] labels,
    double @Nullable [] weights,
    Map<String, Integer> directions) {

  /** The weights of some rows; null when all weigh alike. */
  double @Nullable [] weightsOf(int[] rows) {
    double[] all = weights;
    return all == null ? null : Arrays.stream(rows).mapToDouble(row -> all[row]).toArray();
  }

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

package io.mlassets.trainer.pipeline;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.model.Preprocessing;
import io.mlassets.trainer.engine.TrainingRows;
import io.mlassets.trainer.validation.Fold;
import java.util.Arrays;

/**
 * One fold, prepared: the preprocessing is fitted to its training rows alone.
 *
 * @param fold the rows
 * @param columns values per row
 * @param categorical columns that hold categories
 * @param train prepared training rows
 * @param test prepared test rows
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the arrays; never compared
record FoldData(Fold fold, int columns, int[] categorical, double[] train, double[] test) {

  static FoldData prepare(Fold fold, FeatureSchema schema, double[] features) {
    double[] train = rows(features, schema.size(), fold.train());
    Preprocessing preprocessing = Preprocessing.fit(schema, train);
    return new FoldData(
        fold,
        schema.size(),
        preprocessing.categoricalColumns(),
        preprocessing.applyAll(train),
        preprocessing.applyAll(rows(features, schema.size(), fold.test())));
  }

  /** The training rows with their labels. */
  TrainingRows labelled(double[] labels) {
    double[] own = Arrays.stream(fold.train()).mapToDouble(i -> labels[i]).toArray();
    return new TrainingRows(train, columns, own, null, categorical);
  }

  private static double[] rows(double[] features, int columns, int[] positions) {
    double[] values = new double[positions.length * columns];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(features, positions[i] * columns, values, i * columns, columns);
    }
    return values;
  }
}

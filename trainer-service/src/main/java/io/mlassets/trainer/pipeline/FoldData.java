package io.mlassets.trainer.pipeline;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.model.Preprocessing;
import io.mlassets.trainer.engine.BinnedRows;
import io.mlassets.trainer.engine.TrainingRows;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.ScoredFold;
import io.mlassets.trainer.validation.Fold;
import java.util.Arrays;
import java.util.List;

/**
 * One fold, prepared: the preprocessing is fitted to its training rows alone.
 *
 * @param fold the rows
 * @param names the features, one per column
 * @param categorical columns that hold categories
 * @param train prepared training rows
 * @param test prepared test rows
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the arrays; never compared
record FoldData(Fold fold, List<String> names, int[] categorical, double[] train, double[] test) {

  static FoldData prepare(Fold fold, FeatureSchema schema, double[] features) {
    double[] train = rows(features, schema.size(), fold.train());
    Preprocessing preprocessing = Preprocessing.fit(schema, train);
    return new FoldData(
        fold,
        schema.names(),
        preprocessing.categoricalColumns(),
        preprocessing.applyAll(train),
        preprocessing.applyAll(rows(features, schema.size(), fold.test())));
  }

  /** Values per row. */
  int columns() {
    return names.size();
  }

  /** The training rows with a target's labels. */
  TrainingRows training(Target target) {
    return rows(train, target, fold.train());
  }

  /** The fold inside an engine, to be closed when done. */
  ScoredFold scored(TreeEngine engine, Target target) {
    BinnedRows binned = engine.bin(training(target), 1);
    try {
      TrainingRows testRows = rows(test, target, fold.test());
      return new ScoredFold(binned, engine.binLike(testRows, binned, 1), testRows.labels());
    } catch (RuntimeException e) {
      binned.close();
      throw e;
    }
  }

  private TrainingRows rows(double[] values, Target target, int[] positions) {
    double[] own = Arrays.stream(positions).mapToDouble(i -> target.labels()[i]).toArray();
    return new TrainingRows(
        values,
        columns(),
        own,
        target.weightsOf(positions),
        categorical,
        target.directionsOf(names));
  }

  private static double[] rows(double[] features, int columns, int[] positions) {
    double[] values = new double[positions.length * columns];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(features, positions[i] * columns, values, i * columns, columns);
    }
    return values;
  }
}

package io.mlassets.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.Period;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.trainer.validation.Fold;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-02")
class FoldDataTest {
  private static final int ROWS = 400;
  private static final int[] TRAIN = IntStream.range(100, ROWS).toArray();
  private static final int[] TEST = IntStream.range(0, 100).toArray();
  private static final Fold FOLD =
      new Fold(0, new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(1)), TRAIN, TEST);
  private final FeatureSchema schema = FeatureSchema.current();

  private double[] features() {
    SplittableRandom random = new SplittableRandom(4);
    double[] features = new double[ROWS * schema.size()];
    Arrays.setAll(features, i -> random.nextInt(20) == 0 ? Double.NaN : random.nextInt(5));
    return features;
  }

  @Test
  void preprocessing_is_fitted_to_training_rows_alone() {
    double[] features = features();
    FoldData before = FoldData.prepare(FOLD, schema, features);
    double[] changed = features.clone();
    for (int i = 0; i < TEST.length * schema.size(); i++) {
      changed[i] = 1e6 - changed[i];
    }
    FoldData after = FoldData.prepare(FOLD, schema, changed);
    assertThat(after.train()).isEqualTo(before.train());
    assertThat(after.test()).isNotEqualTo(before.test());

    // A single row of the test set is prepared as it is in company.
    int width = schema.size();
    double[] mixed = changed.clone();
    System.arraycopy(features, 0, mixed, 0, width);
    assertThat(Arrays.copyOf(FoldData.prepare(FOLD, schema, mixed).test(), width))
        .isEqualTo(Arrays.copyOf(before.test(), width));
  }

  @Test
  void preprocessing_follows_the_training_rows() {
    double[] features = features();
    FoldData before = FoldData.prepare(FOLD, schema, features);
    double[] changed = features.clone();
    for (int i = TEST.length * schema.size(); i < changed.length; i++) {
      changed[i] = 3 * changed[i];
    }
    FoldData after = FoldData.prepare(FOLD, schema, changed);
    assertThat(after.test()).isNotEqualTo(before.test());
  }
}

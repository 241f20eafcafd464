package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.Period;
import io.mlassets.model.ModelType;
import io.mlassets.model.Objective;
import io.mlassets.trainer.validation.Fold;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Folds that share their training rows, so that each fold's test rows bear on that fold alone; a
 * label follows the first of three columns, faintly.
 */
final class MadeUpFolds {
  static final int FOLDS = 3;
  private static final int TRAIN = 300;
  private static final int TEST = 80;
  private static final int ROWS = TRAIN + FOLDS * TEST;
  private static final Period PERIOD = new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
  private final double[] features = new double[ROWS * 3];
  private final double[] labels = new double[ROWS];

  MadeUpFolds(long seed) {
    fill(new SplittableRandom(seed), 0, ROWS);
  }

  private void fill(SplittableRandom random, int from, int to) {
    for (int row = from; row < to; row++) {
      for (int c = 0; c < 3; c++) {
        features[3 * row + c] = random.nextGaussian();
      }
      labels[row] = 0.5 * features[3 * row] + random.nextGaussian() > 0 ? 1 : 0;
    }
  }

  /** Other test rows for one fold. */
  void change(int fold, long seed) {
    fill(new SplittableRandom(seed), TRAIN + fold * TEST, TRAIN + (fold + 1) * TEST);
  }

  List<FoldData> folds() {
    return IntStream.range(0, FOLDS).mapToObj(this::fold).toList();
  }

  private FoldData fold(int k) {
    int[] train = IntStream.range(0, TRAIN).toArray();
    int[] test = IntStream.range(TRAIN + k * TEST, TRAIN + (k + 1) * TEST).toArray();
    return new FoldData(
        new Fold(k, PERIOD, train, test),
        List.of("a", "b", "c"),
        new int[0],
        Arrays.copyOf(features, 3 * TRAIN),
        Arrays.copyOfRange(features, 3 * test[0], 3 * (test[TEST - 1] + 1)));
  }

  Target target() {
    return target(null);
  }

  Target target(double @Nullable [] weights) {
    return new Target(ModelType.AI1, Objective.BINARY, labels.clone(), weights, Map.of());
  }

  int rows() {
    return ROWS;
  }
}

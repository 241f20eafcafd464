package io.mlassets.trainer.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.trainer.engine.TrainingRows;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.Goal;
import io.mlassets.trainer.search.SearchSpaces;
import io.mlassets.trainer.search.Study;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("T-10")
class GainTest {

  @ParameterizedTest
  @EnumSource(EngineId.class)
  void gain_is_shared_out_as_the_truth_weighs_its_columns(EngineId id) {
    SplittableRandom random = new SplittableRandom(1);
    int rows = 3_000;
    double[] values = new double[3 * rows];
    double[] labels = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < 3; column++) {
        values[3 * row + column] = random.nextGaussian();
      }
      labels[row] = 2 * values[3 * row] + values[3 * row + 2];
    }
    TreeEngine engine = TreeEngine.of(id);
    Study study = new Study(SearchSpaces.of(id), Goal.MINIMISE, 3, SearchSpaces.WINDOW, true);
    String text =
        engine
            .train(
                new TrainingRows(values, 3, labels, null, new int[0], new int[0]),
                study.ask().params(),
                Objective.REGRESSION,
                1,
                1)
            .text();
    double[] shares = Gain.shares(id, text, 3);
    assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
    // Variances 4 and 1 of 5, and none: what trees make of them comes near.
    assertThat(shares[0]).isBetween(0.7, 0.9);
    assertThat(shares[2]).isBetween(0.1, 0.3);
    assertThat(shares[1]).isLessThan(0.02);
  }
}

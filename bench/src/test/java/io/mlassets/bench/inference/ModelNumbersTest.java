package io.mlassets.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.EngineId;
import org.junit.jupiter.api.Test;

class ModelNumbersTest {

  @Test
  void thresholds_are_found_column_by_column() {
    String text = "Tree=0\nsplit_feature=2 0 2\nthreshold=1.5 -inf 2.5\n\nTree=1\nsplit_feature=\n";
    assertThat(ModelNumbers.of(EngineId.LIGHTGBM, text, 3).thresholds())
        .containsExactly(
            new double[] {Double.NEGATIVE_INFINITY}, new double[0], new double[] {1.5, 2.5});
  }

  @Test
  void leaves_of_xgboost_are_no_thresholds_and_thresholds_are_single() {
    String json =
        """
        {"learner": {"gradient_booster": {"model": {"trees": [{
          "left_children": [1, -1, -1], "split_indices": [1, 0, 0],
          "split_conditions": [1E-1, 7, 8]}]}}}}\
        """;
    assertThat(ModelNumbers.of(EngineId.XGBOOST, json, 2).thresholds())
        .containsExactly(new double[0], new double[] {0.1f});
  }
}

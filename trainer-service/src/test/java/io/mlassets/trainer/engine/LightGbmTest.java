package io.mlassets.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LightGbmTest extends EngineContract {

  @Override
  TreeEngine engine() {
    return new LightGbm();
  }

  @Override
  TreeParams params() {
    return TreeParams.of(
        Map.of(
            "num_iterations", 40.0,
            "num_leaves", 15.0,
            "learning_rate", 0.1,
            "min_data_in_leaf", 5.0,
            "feature_fraction", 0.8,
            "bagging_fraction", 0.8,
            "bagging_freq", 1.0));
  }

  @Override
  String lambda() {
    return "lambda_l2";
  }

  @Override
  double[] nativeRaw(String text, double[] rowMajor, int columns) {
    return NativeLightGbm.raw(text, rowMajor, columns);
  }

  @Test
  @Tag("T-13")
  void the_number_of_threads_does_not_change_the_bytes() {
    TrainingRows rows = Samples.rows(4_000, Objective.BINARY, 7);
    assertThat(engine().train(rows, params(), Objective.BINARY, 7, 2).text())
        .isEqualTo(engine().train(rows, params(), Objective.BINARY, 7, 1).text());
  }

  @Test
  @Tag("I-01")
  void infinities_take_the_way_they_take_natively() {
    TrainingRows rows = Samples.rows(2_000, Objective.BINARY, 5);
    TrainedTrees trees = engine().train(rows, params(), Objective.BINARY, 5, 1);
    double[] asked = rows.rowMajor().clone();
    for (int i = 0; i < asked.length; i += 3) {
      asked[i] = i % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    assertThat(bits(trees.ensemble().rawAll(asked)))
        .isEqualTo(bits(nativeRaw(trees.text(), asked, rows.columns())));
  }
}

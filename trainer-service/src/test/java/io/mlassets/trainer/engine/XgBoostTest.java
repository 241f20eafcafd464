package io.mlassets.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.model.Objective;
import io.mlassets.model.TreeEnsemble;
import io.mlassets.model.TreeParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

class XgBoostTest extends EngineContract {

  @Override
  TreeEngine engine() {
    return new XgBoost();
  }

  @Override
  TreeParams params() {
    return TreeParams.of(
        Map.of(
            "num_iterations", 40.0,
            "max_depth", 4.0,
            "eta", 0.2,
            "min_child_weight", 2.0,
            "subsample", 0.8,
            "colsample_bytree", 0.8));
  }

  @Override
  String lambda() {
    return "lambda";
  }

  @Override
  double[] nativeRaw(String text, double[] rowMajor, int columns) {
    try {
      Booster booster = XGBoost.loadModel(text.getBytes(StandardCharsets.UTF_8));
      DMatrix matrix =
          new DMatrix(XgBoostRows.floats(rowMajor), rowMajor.length / columns, columns, Float.NaN);
      float[][] raw = booster.predict(matrix, true);
      double[] scores = new double[raw.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = raw[i][0];
      }
      matrix.dispose();
      booster.dispose();
      return scores;
    } catch (XGBoostError | IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pruned_trees_score_as_they_do_natively() {
    TrainingRows rows = Samples.rows(2_000, Objective.BINARY, 5);
    TreeParams pruning = params().with("gamma", 4).with("alpha", 0.5).with("max_depth", 8);
    TrainedTrees trees = engine().train(rows, pruning, Objective.BINARY, 5, 1);
    assertThat(bits(trees.ensemble().rawAll(rows.rowMajor())))
        .isEqualTo(bits(nativeRaw(trees.text(), rows.rowMajor(), rows.columns())));
  }

  /** The engine's {@code logf} is its platform's; ours is the rounded exact value. */
  @Test
  void a_base_score_of_a_model_not_ours_is_met_to_the_last_bit_or_the_one_before() {
    TrainingRows rows = TrainingRows.unweighted(new double[50], 1, new double[50]);
    String half = engine().train(rows, params(), Objective.BINARY, 1, 1).text();
    for (float base = 0.05f; base < 1; base += 0.05f) {
      String text = half.replace("\"base_score\":\"5E-1\"", "\"base_score\":\"" + base + "\"");
      float ours = (float) TreeEnsemble.xgboost(text).raw(new double[1]);
      float theirs = (float) nativeRaw(text, new double[1], 1)[0];
      assertThat(ours).isCloseTo(theirs, within(2 * Math.ulp(theirs)));
    }
  }
}

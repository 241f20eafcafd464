package io.mlassets.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.model.Objective;
import io.mlassets.model.TreeEnsemble;
import io.mlassets.model.TreeParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Tag;
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
    TrainingRows rows = TrainingRows.unweighted(new double[50], 1, shareOfOnes(50, 25));
    String half = engine().train(rows, params(), Objective.BINARY, 1, 1).text();
    for (float base = 0.05f; base < 1; base += 0.05f) {
      String text = half.replace("\"base_score\":\"5E-1\"", "\"base_score\":\"" + base + "\"");
      float ours = (float) TreeEnsemble.xgboost(text).raw(new double[1]);
      float theirs = (float) nativeRaw(text, new double[1], 1)[0];
      assertThat(ours).isCloseTo(theirs, within(2 * Math.ulp(theirs)));
    }
  }

  private static double[] shareOfOnes(int rows, int ones) {
    double[] labels = new double[rows];
    Arrays.fill(labels, 0, ones, 1);
    return labels;
  }

  @Test
  void every_base_score_we_set_is_stored_as_set_and_met_to_the_last_bit() {
    for (int ones = 0; ones <= 1_000; ones += 4) {
      double mean = ones / 1_000.0;
      String text = BaseScore.text(Objective.BINARY, mean);
      assertThat(Double.parseDouble(text)).isCloseTo(mean, within(5e-5));
      TrainingRows rows = TrainingRows.unweighted(new double[1_000], 1, shareOfOnes(1_000, ones));
      TreeParams one = params().with("num_iterations", 1);
      TrainedTrees trees = engine().train(rows, one, Objective.BINARY, 1, 1);
      assertThat(Float.parseFloat(stored(trees.text()))).isEqualTo(Float.parseFloat(text));
      assertThat(bits(trees.ensemble().rawAll(new double[1])))
          .as("base score %s", text)
          .isEqualTo(bits(nativeRaw(trees.text(), new double[1], 1)));
    }
  }

  @Test
  void a_mean_of_any_size_is_stored_as_set() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100; i++) {
      double mean = random.nextGaussian() * Math.pow(10, random.nextInt(-6, 5));
      TrainingRows rows = TrainingRows.unweighted(new double[2], 1, new double[] {mean, mean});
      TreeParams one = params().with("num_iterations", 1);
      TrainedTrees trees = engine().train(rows, one, Objective.REGRESSION, 1, 1);
      assertThat(Float.parseFloat(stored(trees.text()))).isEqualTo((float) mean);
    }
  }

  private static String stored(String text) {
    Matcher matcher = Pattern.compile("\"base_score\":\"([^\"]+)\"").matcher(text);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  @Tag("T-13")
  void the_number_of_threads_does_not_change_the_bytes() {
    for (int seed = 0; seed < 5; seed++) {
      TrainingRows rows = Samples.rows(4_000, Objective.BINARY, seed);
      assertThat(engine().train(rows, params(), Objective.BINARY, 7, 2).text())
          .isEqualTo(engine().train(rows, params(), Objective.BINARY, 7, 1).text());
    }
  }
}

package io.mlassets.trainer.engine;

import io.mlassets.model.TreeParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

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
}

package io.mlassets.bench.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A model in XGBoost's own library, asked for raw scores on one thread and in place: the matrix it
 * would copy rows into refuses infinities.
 */
final class NativeXgBoost implements NativeModel {
  private final Booster booster;
  private final int columns;

  private NativeXgBoost(Booster booster, int columns) {
    this.booster = booster;
    this.columns = columns;
  }

  static NativeXgBoost of(String json, int columns) {
    try {
      Booster booster = XGBoost.loadModel(json.getBytes(StandardCharsets.UTF_8));
      booster.setParam("nthread", 1);
      return new NativeXgBoost(booster, columns);
    } catch (XGBoostError | IOException e) {
      throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
    }
  }

  @Override
  public double[] raw(double[] rowMajor) {
    float[][] raw = raw(singles(rowMajor));
    double[] scores = new double[raw.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = raw[i][0];
    }
    return scores;
  }

  float[][] raw(float[] rowMajor) {
    try {
      return booster.inplace_predict(
          rowMajor,
          rowMajor.length / columns,
          columns,
          Float.NaN,
          new int[] {0, 0},
          Booster.PredictionType.kMargin,
          null);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
    }
  }

  static float[] singles(double[] values) {
    float[] singles = new float[values.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) values[i];
    }
    return singles;
  }

  @Override
  public void close() {
    booster.dispose();
  }
}

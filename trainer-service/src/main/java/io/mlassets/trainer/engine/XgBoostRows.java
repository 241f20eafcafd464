package io.mlassets.trainer.engine;

import java.util.Arrays;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Rows held by XGBoost, which bins them at the first training and keeps the bins. */
final class XgBoostRows implements BinnedRows {
  private final DMatrix matrix;
  private final int rows;
  private final String directions;
  private final double mean;
  private boolean closed;

  private XgBoostRows(DMatrix matrix, TrainingRows rows) {
    this.matrix = matrix;
    this.rows = rows.rows();
    this.directions = rows.directionList();
    this.mean = BaseScore.mean(rows);
  }

  static XgBoostRows of(TrainingRows rows) {
    try {
      float[] values = floats(rows.rowMajor());
      DMatrix matrix = new DMatrix(values, rows.rows(), rows.columns(), Float.NaN);
      XgBoostRows held = new XgBoostRows(matrix, rows);
      held.describe(rows);
      return held;
    } catch (XGBoostError e) {
      throw new EngineException("XGBoost refused rows: " + e.getMessage(), e);
    }
  }

  private void describe(TrainingRows rows) throws XGBoostError {
    try {
      matrix.setLabel(floats(rows.labels()));
      double[] weights = rows.weights();
      if (weights != null) {
        matrix.setWeight(floats(weights));
      }
      if (rows.categoricalColumns().length > 0) {
        matrix.setFeatureTypes(types(rows));
      }
    } catch (XGBoostError e) {
      close();
      throw e;
    }
  }

  private static String[] types(TrainingRows rows) {
    String[] types = new String[rows.columns()];
    Arrays.fill(types, "q");
    for (int column : rows.categoricalColumns()) {
      types[column] = "c";
    }
    return types;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  DMatrix matrix() {
    if (closed) {
      throw new IllegalStateException("binned rows are closed");
    }
    return matrix;
  }

  /** With commas between; empty when nothing is known. */
  String directions() {
    return directions;
  }

  /** Of the labels, by weight. */
  double mean() {
    return mean;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      matrix.dispose();
    }
  }
}

package io.mlassets.trainer.engine;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;

/** Predictions of LightGBM itself, the oracle of our own. */
final class NativeLightGbm {
  private NativeLightGbm() {}

  static double[] raw(String text, double[] rowMajor, int columns) {
    SWIGTYPE_p_int iterations = lightgbmlib.new_intp();
    SWIGTYPE_p_void booster =
        LightGbmCall.create(
            out -> lightgbmlib.LGBM_BoosterLoadModelFromString(text, iterations, out));
    try {
      return LightGbmCall.withDoubles(
          rowMajor, values -> predict(booster, values, rowMajor.length / columns, columns));
    } finally {
      LightGbmCall.check(lightgbmlib.LGBM_BoosterFree(booster));
      lightgbmlib.delete_intp(iterations);
    }
  }

  private static double[] predict(
      SWIGTYPE_p_void booster, SWIGTYPE_p_void values, int rows, int columns) {
    SWIGTYPE_p_double out = lightgbmlib.new_doubleArray(rows);
    SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    try {
      LightGbmCall.check(
          lightgbmlib.LGBM_BoosterPredictForMat(
              booster,
              values,
              lightgbmlibConstants.C_API_DTYPE_FLOAT64,
              rows,
              columns,
              1,
              lightgbmlibConstants.C_API_PREDICT_RAW_SCORE,
              0,
              -1,
              "num_threads=1",
              length,
              out));
      double[] scores = new double[rows];
      for (int i = 0; i < rows; i++) {
        scores[i] = lightgbmlib.doubleArray_getitem(out, i);
      }
      return scores;
    } finally {
      lightgbmlib.delete_doubleArray(out);
      lightgbmlib.delete_int64_tp(length);
    }
  }
}

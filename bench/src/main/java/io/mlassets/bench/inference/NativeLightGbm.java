package io.mlassets.bench.inference;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.mlassets.model.EngineId;
import io.mlassets.trainer.engine.TreeEngine;
import java.util.function.ToIntFunction;

/** A model in LightGBM's own library, asked for raw scores on one thread. */
final class NativeLightGbm implements NativeModel {
  static final String ONE_THREAD = "num_threads=1";

  private final SWIGTYPE_p_void handle;
  private final int columns;

  private NativeLightGbm(SWIGTYPE_p_void handle, int columns) {
    this.handle = handle;
    this.columns = columns;
  }

  static NativeLightGbm of(String text, int columns) {
    SWIGTYPE_p_int iterations = intp();
    try {
      return new NativeLightGbm(
          create(out -> lightgbmlib.LGBM_BoosterLoadModelFromString(text, iterations, out)),
          columns);
    } finally {
      lightgbmlib.delete_intp(iterations);
    }
  }

  @Override
  public double[] raw(double[] rowMajor) {
    int rows = rowMajor.length / columns;
    SWIGTYPE_p_double in = array(rowMajor, 0, rowMajor.length);
    SWIGTYPE_p_double out = lightgbmlib.new_doubleArray(rows);
    SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    try {
      check(
          lightgbmlib.LGBM_BoosterPredictForMat(
              handle,
              lightgbmlib.double_to_voidp_ptr(in),
              lightgbmlibConstants.C_API_DTYPE_FLOAT64,
              rows,
              columns,
              1,
              lightgbmlibConstants.C_API_PREDICT_RAW_SCORE,
              0,
              -1,
              ONE_THREAD,
              length,
              out));
      double[] scores = new double[rows];
      for (int i = 0; i < rows; i++) {
        scores[i] = lightgbmlib.doubleArray_getitem(out, i);
      }
      return scores;
    } finally {
      lightgbmlib.delete_int64_tp(length);
      lightgbmlib.delete_doubleArray(out);
      lightgbmlib.delete_doubleArray(in);
    }
  }

  SWIGTYPE_p_void handle() {
    return handle;
  }

  @Override
  public void close() {
    check(lightgbmlib.LGBM_BoosterFree(handle));
  }

  /** A native copy of some values; the caller frees it. */
  static SWIGTYPE_p_double array(double[] values, int from, int count) {
    SWIGTYPE_p_double array = lightgbmlib.new_doubleArray(count);
    for (int i = 0; i < count; i++) {
      lightgbmlib.doubleArray_setitem(array, i, values[from + i]);
    }
    return array;
  }

  static SWIGTYPE_p_int intp() {
    load();
    return lightgbmlib.new_intp();
  }

  /** A handle made by a call that writes it. */
  static SWIGTYPE_p_void create(ToIntFunction<SWIGTYPE_p_p_void> call) {
    load();
    SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
    try {
      check(call.applyAsInt(out));
      return lightgbmlib.voidpp_value(out);
    } finally {
      lightgbmlib.delete_voidpp(out);
    }
  }

  static void check(int status) {
    if (status != 0) {
      throw new IllegalStateException("LightGBM: " + lightgbmlib.LGBM_GetLastError());
    }
  }

  /** The trainer's engine knows how: only what is loaded has a version. */
  static void load() {
    TreeEngine.of(EngineId.LIGHTGBM).version();
  }
}

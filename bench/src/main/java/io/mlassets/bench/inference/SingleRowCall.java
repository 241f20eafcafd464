package io.mlassets.bench.inference;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;

/** LightGBM's call for single rows, prepared once; rows are in native memory before it is timed. */
final class SingleRowCall implements AutoCloseable {
  private final SWIGTYPE_p_void prepared;
  private final SWIGTYPE_p_double out = lightgbmlib.new_doublep();
  private final SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();

  private SingleRowCall(SWIGTYPE_p_void prepared) {
    this.prepared = prepared;
  }

  static SingleRowCall of(NativeLightGbm model, int columns) {
    return new SingleRowCall(
        NativeLightGbm.create(
            into ->
                lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastInit(
                    model.handle(),
                    lightgbmlibConstants.C_API_PREDICT_RAW_SCORE,
                    0,
                    -1,
                    lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                    columns,
                    NativeLightGbm.ONE_THREAD,
                    into)));
  }

  /** Nanoseconds of each row. */
  long[] nanos(double[] rowMajor, int columns) {
    SWIGTYPE_p_double[] arrays = new SWIGTYPE_p_double[rowMajor.length / columns];
    SWIGTYPE_p_void[] rows = new SWIGTYPE_p_void[arrays.length];
    long[] nanos = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      arrays[i] = NativeLightGbm.array(rowMajor, i * columns, columns);
      rows[i] = lightgbmlib.double_to_voidp_ptr(arrays[i]);
    }
    int failed = 0;
    for (int i = 0; i < rows.length; i++) {
      long begun = System.nanoTime();
      failed += lightgbmlib.LGBM_BoosterPredictForMatSingleRowFast(prepared, rows[i], length, out);
      nanos[i] = System.nanoTime() - begun;
    }
    for (SWIGTYPE_p_double array : arrays) {
      lightgbmlib.delete_doubleArray(array);
    }
    NativeLightGbm.check(failed);
    return nanos;
  }

  /** The score of the row that was timed last. */
  double last() {
    return lightgbmlib.doublep_value(out);
  }

  @Override
  public void close() {
    lightgbmlib.delete_int64_tp(length);
    lightgbmlib.delete_doublep(out);
    NativeLightGbm.check(lightgbmlib.LGBM_FastConfigFree(prepared));
  }
}

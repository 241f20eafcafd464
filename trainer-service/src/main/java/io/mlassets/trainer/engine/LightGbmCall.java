package io.mlassets.trainer.engine;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Calls into LightGBM's C interface: errors become exceptions, what was allocated is freed. */
final class LightGbmCall {
  private LightGbmCall() {}

  /** Refuses a status other than success with {@link EngineException}. */
  static void check(int status) {
    if (status != 0) {
      throw new EngineException("LightGBM: " + lightgbmlib.LGBM_GetLastError());
    }
  }

  /** A handle made by a call that writes it. */
  static SWIGTYPE_p_void create(ToIntFunction<SWIGTYPE_p_p_void> call) {
    LightGbmLibrary.load();
    SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
    try {
      check(call.applyAsInt(out));
      return lightgbmlib.voidpp_value(out);
    } finally {
      lightgbmlib.delete_voidpp(out);
    }
  }

  /** Gives a call the values as a native array for as long as it runs. */
  static <T> T withDoubles(double[] values, Function<SWIGTYPE_p_void, T> call) {
    LightGbmLibrary.load();
    SWIGTYPE_p_double array = lightgbmlib.new_doubleArray(values.length);
    try {
      for (int i = 0; i < values.length; i++) {
        lightgbmlib.doubleArray_setitem(array, i, values[i]);
      }
      return call.apply(lightgbmlib.double_to_voidp_ptr(array));
    } finally {
      lightgbmlib.delete_doubleArray(array);
    }
  }

  /** Gives a call the values as a native array of floats for as long as it runs. */
  static void withFloats(double[] values, ToIntFunction<SWIGTYPE_p_void> call) {
    SWIGTYPE_p_float array = lightgbmlib.new_floatArray(values.length);
    try {
      for (int i = 0; i < values.length; i++) {
        lightgbmlib.floatArray_setitem(array, i, (float) values[i]);
      }
      check(call.applyAsInt(lightgbmlib.float_to_voidp_ptr(array)));
    } finally {
      lightgbmlib.delete_floatArray(array);
    }
  }
}

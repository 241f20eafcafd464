package io.mlassets.trainer.engine;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import java.util.regex.Pattern;

/** A model in training inside LightGBM. */
final class LightGbmBooster implements AutoCloseable {
  private static final Pattern THREADS = Pattern.compile("(?m)^\\[num_threads: \\d+]$");
  private static final long FIRST_BUFFER_BYTES = 4 << 20;
  private static final int ALL = -1;

  private final SWIGTYPE_p_void handle;

  private LightGbmBooster(SWIGTYPE_p_void handle) {
    this.handle = handle;
  }

  static LightGbmBooster of(LightGbmRows rows, String parameters) {
    return new LightGbmBooster(
        LightGbmCall.create(out -> lightgbmlib.LGBM_BoosterCreate(rows.handle(), parameters, out)));
  }

  /** Adds up to {@code iterations} trees; stops when nothing is left to split. */
  void train(int iterations) {
    SWIGTYPE_p_int finished = lightgbmlib.new_intp();
    try {
      lightgbmlib.intp_assign(finished, 0);
      for (int i = 0; i < iterations && lightgbmlib.intp_value(finished) == 0; i++) {
        LightGbmCall.check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle, finished));
      }
    } finally {
      lightgbmlib.delete_intp(finished);
    }
  }

  /**
   * The text form. The trees do not depend on the number of threads, so the bytes should not
   * either: it is written as 0.
   */
  String text() {
    SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    try {
      String text =
          lightgbmlib.LGBM_BoosterSaveModelToStringSWIG(
              handle,
              0,
              ALL,
              lightgbmlibConstants.C_API_FEATURE_IMPORTANCE_GAIN,
              FIRST_BUFFER_BYTES,
              length);
      if (text == null) {
        throw new EngineException("LightGBM: " + lightgbmlib.LGBM_GetLastError());
      }
      return THREADS.matcher(text).replaceFirst("[num_threads: 0]");
    } finally {
      lightgbmlib.delete_int64_tp(length);
    }
  }

  @Override
  public void close() {
    LightGbmCall.check(lightgbmlib.LGBM_BoosterFree(handle));
  }
}

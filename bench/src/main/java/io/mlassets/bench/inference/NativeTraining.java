package io.mlassets.bench.inference;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.mlassets.trainer.engine.TrainingRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models of LightGBM with settings the trainer does not offer, such as zero as missing. */
final class NativeTraining {
  private NativeTraining() {}

  /** The text of a binary model. */
  static String text(TrainingRows rows, String settings, int trees) throws IOException {
    String all =
        "objective=binary metric=none verbosity=-1 deterministic=true force_col_wise=true seed=1"
            + " categorical_feature=%d %s %s"
                .formatted(MadeRows.CATEGORY, NativeLightGbm.ONE_THREAD, settings);
    SWIGTYPE_p_void dataset = dataset(rows, all);
    try {
      SWIGTYPE_p_void booster =
          NativeLightGbm.create(out -> lightgbmlib.LGBM_BoosterCreate(dataset, all, out));
      try {
        grow(booster, trees);
        return text(booster);
      } finally {
        NativeLightGbm.check(lightgbmlib.LGBM_BoosterFree(booster));
      }
    } finally {
      NativeLightGbm.check(lightgbmlib.LGBM_DatasetFree(dataset));
    }
  }

  private static SWIGTYPE_p_void dataset(TrainingRows rows, String settings) {
    NativeLightGbm.load();
    SWIGTYPE_p_double values = NativeLightGbm.array(rows.rowMajor(), 0, rows.rowMajor().length);
    SWIGTYPE_p_float labels = lightgbmlib.new_floatArray(rows.rows());
    try {
      for (int i = 0; i < rows.rows(); i++) {
        lightgbmlib.floatArray_setitem(labels, i, (float) rows.labels()[i]);
      }
      SWIGTYPE_p_void dataset =
          NativeLightGbm.create(
              out ->
                  lightgbmlib.LGBM_DatasetCreateFromMat(
                      lightgbmlib.double_to_voidp_ptr(values),
                      lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                      rows.rows(),
                      rows.columns(),
                      1,
                      settings,
                      null,
                      out));
      NativeLightGbm.check(
          lightgbmlib.LGBM_DatasetSetField(
              dataset,
              "label",
              lightgbmlib.float_to_voidp_ptr(labels),
              rows.rows(),
              lightgbmlibConstants.C_API_DTYPE_FLOAT32));
      return dataset;
    } finally {
      lightgbmlib.delete_floatArray(labels);
      lightgbmlib.delete_doubleArray(values);
    }
  }

  private static void grow(SWIGTYPE_p_void booster, int trees) {
    SWIGTYPE_p_int finished = lightgbmlib.new_intp();
    try {
      for (int i = 0; i < trees; i++) {
        NativeLightGbm.check(lightgbmlib.LGBM_BoosterUpdateOneIter(booster, finished));
      }
    } finally {
      lightgbmlib.delete_intp(finished);
    }
  }

  private static String text(SWIGTYPE_p_void booster) throws IOException {
    Path file = Files.createTempFile("booster", ".txt");
    try {
      NativeLightGbm.check(lightgbmlib.LGBM_BoosterSaveModel(booster, 0, -1, 0, file.toString()));
      return Files.readString(file);
    } finally {
      Files.delete(file);
    }
  }
}

package io.mlassets.trainer.engine;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.mlassets.model.EngineId;
import io.mlassets.model.TreeEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A model in training inside LightGBM. */
final class LightGbmBooster implements GrowingTrees {
  private static final Pattern THREADS = Pattern.compile("(?m)^\\[num_threads: \\d+]$");
  private static final int ALL = -1;

  private static final int SCORED = 1;

  private final SWIGTYPE_p_void handle;
  private final int scoredRows;
  private int grown;
  private boolean exhausted;

  private LightGbmBooster(SWIGTYPE_p_void handle, int scoredRows) {
    this.handle = handle;
    this.scoredRows = scoredRows;
  }

  static LightGbmBooster of(LightGbmRows rows, @Nullable LightGbmRows scored, String parameters) {
    LightGbmBooster booster =
        new LightGbmBooster(
            LightGbmCall.create(
                out -> lightgbmlib.LGBM_BoosterCreate(rows.handle(), parameters, out)),
            scored == null ? 0 : scored.rows());
    if (scored != null) {
      try {
        LightGbmCall.check(lightgbmlib.LGBM_BoosterAddValidData(booster.handle, scored.handle()));
      } catch (EngineException e) {
        booster.close();
        throw e;
      }
    }
    return booster;
  }

  @Override
  public void growTo(int trees) {
    SWIGTYPE_p_int finished = lightgbmlib.new_intp();
    try {
      lightgbmlib.intp_assign(finished, 0);
      for (; grown < trees && !exhausted; grown++) {
        LightGbmCall.check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle, finished));
        exhausted = lightgbmlib.intp_value(finished) != 0;
      }
    } finally {
      lightgbmlib.delete_intp(finished);
    }
  }

  @Override
  public double[] scores() {
    if (scoredRows == 0) {
      throw new IllegalStateException("no rows to score were given");
    }
    SWIGTYPE_p_double array = lightgbmlib.new_doubleArray(scoredRows);
    SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    try {
      LightGbmCall.check(lightgbmlib.LGBM_BoosterGetPredict(handle, SCORED, length, array));
      double[] scores = new double[scoredRows];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = lightgbmlib.doubleArray_getitem(array, i);
      }
      return scores;
    } finally {
      lightgbmlib.delete_int64_tp(length);
      lightgbmlib.delete_doubleArray(array);
    }
  }

  @Override
  public TrainedTrees trees() {
    String text = text();
    return new TrainedTrees(EngineId.LIGHTGBM, text, TreeEnsemble.lightGbm(text));
  }

  /**
   * The text form. The trees do not depend on the number of threads, so the bytes should not
   * either: it is written as 0. It goes through a file, because what the library's Java side
   * returns as text is never freed.
   */
  private String text() {
    try {
      Path file = Files.createTempFile("booster", ".txt");
      try {
        LightGbmCall.check(
            lightgbmlib.LGBM_BoosterSaveModel(
                handle,
                0,
                ALL,
                lightgbmlibConstants.C_API_FEATURE_IMPORTANCE_GAIN,
                file.toString()));
        return THREADS.matcher(Files.readString(file)).replaceFirst("[num_threads: 0]");
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new EngineException("LightGBM: the model could not be written: " + e, e);
    }
  }

  @Override
  public void close() {
    LightGbmCall.check(lightgbmlib.LGBM_BoosterFree(handle));
  }
}

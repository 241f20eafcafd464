package io.mlassets.trainer.engine;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows binned by LightGBM. */
final class LightGbmRows implements BinnedRows {
  private static final int ROW_MAJOR = 1;

  private final SWIGTYPE_p_void handle;
  private final int rows;
  private final String directions;
  private boolean closed;

  private LightGbmRows(SWIGTYPE_p_void handle, TrainingRows rows) {
    this.handle = handle;
    this.rows = rows.rows();
    this.directions = rows.directionList();
  }

  static LightGbmRows of(TrainingRows rows, int threads) {
    return of(rows, null, threads);
  }

  static LightGbmRows like(TrainingRows rows, LightGbmRows reference, int threads) {
    return of(rows, reference.handle(), threads);
  }

  private static LightGbmRows of(
      TrainingRows rows, @Nullable SWIGTYPE_p_void reference, int threads) {
    SWIGTYPE_p_void handle =
        LightGbmCall.withDoubles(
            rows.rowMajor(),
            values ->
                LightGbmCall.create(
                    out ->
                        lightgbmlib.LGBM_DatasetCreateFromMat(
                            values,
                            lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                            rows.rows(),
                            rows.columns(),
                            ROW_MAJOR,
                            parameters(rows, threads),
                            reference,
                            out)));
    LightGbmRows binned = new LightGbmRows(handle, rows);
    try {
      binned.set("label", rows.labels());
      double[] weights = rows.weights();
      if (weights != null) {
        binned.set("weight", weights);
      }
    } catch (EngineException e) {
      binned.close();
      throw e;
    }
    return binned;
  }

  /**
   * What holds for binning and training alike. Without the pre-filter any leaf size may be asked of
   * one dataset; column by column a tree's histograms are made of its own features only, which row
   * by row costs half as much again.
   */
  static String settings(int threads) {
    return "verbosity=-1 deterministic=true force_col_wise=true feature_pre_filter=false"
        + " num_threads="
        + threads;
  }

  private static String parameters(TrainingRows rows, int threads) {
    String categories =
        Arrays.stream(rows.categoricalColumns())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return settings(threads) + (categories.isEmpty() ? "" : " categorical_feature=" + categories);
  }

  private void set(String field, double[] values) {
    LightGbmCall.withFloats(
        values,
        array ->
            lightgbmlib.LGBM_DatasetSetField(
                handle, field, array, values.length, lightgbmlibConstants.C_API_DTYPE_FLOAT32));
  }

  SWIGTYPE_p_void handle() {
    if (closed) {
      throw new IllegalStateException("binned rows are closed");
    }
    return handle;
  }

  /** As the engine reads them; empty when nothing is known. */
  String directions() {
    return directions;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      LightGbmCall.check(lightgbmlib.LGBM_DatasetFree(handle));
    }
  }
}

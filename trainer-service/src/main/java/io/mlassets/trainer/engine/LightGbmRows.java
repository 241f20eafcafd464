package io.mlassets.trainer.engine;

import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows binned by LightGBM. */
final class LightGbmRows implements BinnedRows {
  private final LGBMDataset dataset;
  private final int rows;
  private boolean closed;

  private LightGbmRows(LGBMDataset dataset, int rows) {
    this.dataset = dataset;
    this.rows = rows;
  }

  static LightGbmRows of(TrainingRows rows, int threads) {
    try {
      LGBMDataset dataset =
          LGBMDataset.createFromMat(
              rows.rowMajor(), rows.rows(), rows.columns(), true, parameters(rows, threads), null);
      LightGbmRows binned = new LightGbmRows(dataset, rows.rows());
      binned.setLabels(rows);
      return binned;
    } catch (LGBMException e) {
      throw new EngineException("LightGBM refused rows: " + e.getMessage(), e);
    }
  }

  /**
   * What holds for binning and training alike; rows of any leaf size may be asked of one dataset.
   */
  static String settings(int threads) {
    return "verbosity=-1 deterministic=true force_row_wise=true feature_pre_filter=false"
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

  private void setLabels(TrainingRows rows) throws LGBMException {
    try {
      dataset.setField("label", floats(rows.labels()));
      double[] weights = rows.weights();
      if (weights != null) {
        dataset.setField("weight", floats(weights));
      }
    } catch (LGBMException e) {
      close();
      throw e;
    }
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  LGBMDataset dataset() {
    if (closed) {
      throw new IllegalStateException("binned rows are closed");
    }
    return dataset;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        dataset.close();
      } catch (LGBMException e) {
        throw new EngineException("LightGBM could not free rows: " + e.getMessage(), e);
      }
    }
  }
}

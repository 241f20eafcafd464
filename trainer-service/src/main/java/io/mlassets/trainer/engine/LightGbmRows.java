package io.mlassets.trainer.engine;

/** Rows of LightGbm. */
final class LightGbmRows implements BinnedRows {

  @Override
  public int rows() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void close() {}
}

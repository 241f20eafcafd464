package io.mlassets.trainer.engine;

/** Rows of XgBoost. */
final class XgBoostRows implements BinnedRows {

  @Override
  public int rows() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void close() {}
}

package io.mlassets.trainer.engine;

/** Rows inside a native engine. Close once; closing again does nothing. */
public sealed interface BinnedRows extends AutoCloseable permits LightGbmRows, XgBoostRows {

  /** Number of rows. */
  int rows();

  @Override
  void close();
}

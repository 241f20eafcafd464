package io.mlassets.trainer.search;

import io.mlassets.trainer.engine.BinnedRows;

/**
 * One fold inside an engine, built once and used by all trials.
 *
 * @param train binned training rows
 * @param test the fold's test rows in the same bins
 * @param labels of the test rows
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the array; never compared
public record ScoredFold(BinnedRows train, BinnedRows test, double[] labels)
    implements AutoCloseable {

  @Override
  public void close() {
    test.close();
    train.close();
  }
}

/** One training run: folds, search, calibration, thresholds, backtest, final fit. No storage. */
package io.mlassets.trainer.pipeline;

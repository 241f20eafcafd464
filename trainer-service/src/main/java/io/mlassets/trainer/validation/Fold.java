package io.mlassets.trainer.validation;

import io.mlassets.backtest.Period;

/**
 * One fold: rows by position in the list that was split.
 *
 * @param number from 0, in time order
 * @param period the test rows' starts lie within; the periods of all folds follow each other
 * @param train rows to train on, ascending, never empty
 * @param test rows to judge on, ascending, never empty
 */
@SuppressWarnings("ArrayRecordComponent") // read by position in inner loops, never compared
public record Fold(int number, Period period, int[] train, int[] test) {}

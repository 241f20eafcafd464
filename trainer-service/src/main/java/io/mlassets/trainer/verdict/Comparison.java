package io.mlassets.trainer.verdict;

import io.mlassets.backtest.Period;
import io.mlassets.model.ModelVersion;

/**
 * Candidate and champion on the same bars, none of which the champion was trained on.
 *
 * @param champion the model in force
 * @param period the bars
 * @param candidate the candidate's out-of-fold figures there
 * @param incumbent the champion's figures there
 */
public record Comparison(
    ModelVersion champion, Period period, Figures candidate, Figures incumbent) {}

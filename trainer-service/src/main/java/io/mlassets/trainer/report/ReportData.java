package io.mlassets.trainer.report;

import io.mlassets.model.ModelBundle;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.verdict.Verdict;

/**
 * All a report is made of.
 *
 * @param bundle the bundle stored
 * @param barsSha256 hash of the bars trained on
 * @param set the rows
 * @param candidate what the run came to
 * @param verdict what became of it
 */
public record ReportData(
    ModelBundle bundle, String barsSha256, TrainingSet set, Candidate candidate, Verdict verdict) {}

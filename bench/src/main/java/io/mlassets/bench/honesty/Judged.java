package io.mlassets.bench.honesty;

import io.mlassets.policy.Policies;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.engine.EngineChoice;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.TrainCandidate;
import io.mlassets.trainer.pipeline.TrainingSpec;
import io.mlassets.trainer.verdict.AdoptionGate;
import io.mlassets.trainer.verdict.Evidence;
import io.mlassets.trainer.verdict.Opposition;
import io.mlassets.trainer.verdict.Verdict;
import java.util.List;

/** A training set and what the pipeline and the gate, as they run for real, made of it. */
record Judged(Candidate candidate, Verdict verdict) {

  /**
   * Runs both.
   *
   * @param trials parameter trials per engine and model
   */
  static Judged of(TrainingSet set, Policies policies, int trials, long seed) {
    TrainingSpec spec = TrainingSpec.by(policies.retrain(), seed, trials, EngineChoice.BOTH);
    try (Workers single = new Workers(1)) {
      Candidate candidate =
          new TrainCandidate(policies, spec, single, (stage, percent) -> {}).train(set);
      Evidence evidence =
          new Evidence(
              candidate.backtest().metrics(),
              candidate.manifest().overfitting(),
              candidate.leaks());
      Verdict verdict =
          new AdoptionGate(policies.retrain().adoption())
              .judge(evidence, new Opposition.None(), List.of());
      return new Judged(candidate, verdict);
    }
  }

  boolean adopted() {
    return verdict instanceof Verdict.Adopted;
  }
}

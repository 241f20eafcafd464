package io.mlassets.validator.drift;

import io.mlassets.drift.FeatureDrift;
import io.mlassets.drift.FeatureReference;
import io.mlassets.policy.DriftRules;
import io.mlassets.policy.Policies;
import java.util.List;
import org.springframework.stereotype.Component;

/** Compares live candidates with the training sample, feature by feature. */
@Component
class MeasureFeatures {
  private final DriftRules rules;

  MeasureFeatures(Policies policies) {
    this.rules = policies.retrain().drift();
  }

  /** Compares the features the reference and the live schema share. */
  FeatureFinding of(Candidates candidates, List<FeatureReference> references) {
    double effectiveRows = candidates.effectiveRows();
    List<String> known = candidates.schema().names();
    List<FeatureDrift> drifts =
        candidates.rows().isEmpty()
            ? List.of()
            : references.stream()
                .filter(reference -> known.contains(reference.feature()))
                .map(
                    reference ->
                        FeatureDrift.between(
                            reference,
                            candidates.values(reference.feature()),
                            effectiveRows,
                            rules))
                .toList();
    return new FeatureFinding(drifts, candidates.rows().size(), effectiveRows);
  }
}

package io.mlassets.validator.drift;

import io.mlassets.drift.FeatureDrift;
import java.util.Comparator;
import java.util.List;

/**
 * How the features of a model's live candidates compare with its training sample.
 *
 * @param features one per feature compared, the largest excess over its threshold first
 * @param liveRows candidate rows compared
 * @param effectiveRows independent rows they are worth
 */
record FeatureFinding(List<FeatureDrift> features, int liveRows, double effectiveRows) {
  private static final Comparator<FeatureDrift> WORST_FIRST =
      Comparator.comparing(FeatureDrift::drifted)
          .thenComparingDouble(drift -> drift.psi() / drift.psiThreshold())
          .reversed()
          .thenComparing(FeatureDrift::feature);

  FeatureFinding {
    features = features.stream().sorted(WORST_FIRST).toList();
  }

  boolean drifted() {
    return features.stream().anyMatch(FeatureDrift::drifted);
  }

  double psiMax() {
    return features.stream().mapToDouble(FeatureDrift::psi).max().orElse(Double.NaN);
  }

  double meanShiftMax() {
    return features.stream()
        .mapToDouble(drift -> Math.abs(drift.meanShift()))
        .max()
        .orElse(Double.NaN);
  }
}

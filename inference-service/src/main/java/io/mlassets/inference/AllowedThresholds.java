package io.mlassets.inference;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.BundleManifest;
import io.mlassets.policy.ThetaSearch;

/**
 * Which thresholds of the registry may decide: those the signed bundle came with, and others within
 * the policy's {@code theta_search_range}. A table is easier to change than a bundle.
 */
record AllowedThresholds(ThetaSearch range) {

  boolean allows(Thresholds wanted, BundleManifest manifest) {
    return wanted.equals(manifest.thresholds())
        || (range.theta1().contains(wanted.theta1()) && range.theta2().contains(wanted.theta2()));
  }

  String complaint(Thresholds wanted) {
    return "theta1 %s, theta2 %s in core.model_registry, theta_search_range is %s and %s"
        .formatted(wanted.theta1(), wanted.theta2(), range.theta1(), range.theta2());
  }
}

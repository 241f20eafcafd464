package io.mlassets.inference;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.ModelBundle;
import io.mlassets.policy.Policies;
import io.mlassets.signal.SignalMode;

/**
 * Everything a decision is made by besides what the market shows: a verified bundle and what its
 * decisions are for.
 *
 * @param bundle the bundle
 * @param mode live if adopted, shadow if only watched
 * @param thresholds in force: the bundle's own, or those it was re-tuned to
 * @param policies in force; of the feature window the bundle was trained with
 */
record LiveModel(ModelBundle bundle, SignalMode mode, Thresholds thresholds, Policies policies) {

  boolean isSame(LiveModel other) {
    return isSameBundle(other)
        && thresholds.equals(other.thresholds)
        && policies.hash().equals(other.policies.hash());
  }

  boolean isSameBundle(LiveModel other) {
    return mode == other.mode && bundle.sha256().equals(other.bundle.sha256());
  }
}

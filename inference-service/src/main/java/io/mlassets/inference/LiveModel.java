package io.mlassets.inference;

import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
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

  /** Whether engines and positions of this one can go on under another. */
  boolean fits(LiveModel next) {
    var before = bundle.manifest();
    var after = next.bundle.manifest();
    return mode == next.mode
        && before.pairs().equals(after.pairs())
        && before.interval().equals(after.interval())
        && featureWindow() == next.featureWindow();
  }

  /** Of the features its models ask for, whoever makes them. */
  FeatureSchema schema() {
    FeatureSchema current = FeatureSchema.current();
    return bundle.manifest().featureSchemaHash().equals(current.hash())
        ? current
        : FeatureSchema.of(bundle.manifest().featureNames());
  }

  /** Bars of the window its features are made of. */
  int featureWindow() {
    return policies.core().trading().featureWindow();
  }

  /** Whether it is of this version and decides live. */
  boolean isLive(ModelVersion version) {
    return mode == SignalMode.LIVE && bundle.version().equals(version);
  }

  /**
   * The same, but no probability is above its θ1, so that it enters nothing; exits go on, they ask
   * no model. Signals and replays show that θ1.
   */
  LiveModel withoutEntries() {
    return new LiveModel(bundle, mode, new Thresholds(1, thresholds.theta2()), policies);
  }
}

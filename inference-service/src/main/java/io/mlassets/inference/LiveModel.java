package io.mlassets.inference;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.ModelBundle;
import io.mlassets.signal.SignalMode;

/**
 * A verified bundle and what its decisions are for.
 *
 * @param bundle the bundle
 * @param mode live if adopted, shadow if only watched
 * @param thresholds in force: the bundle's own, or those it was re-tuned to
 */
record LiveModel(ModelBundle bundle, SignalMode mode, Thresholds thresholds) {

  boolean isSame(LiveModel other) {
    return isSameBundle(other) && thresholds.equals(other.thresholds);
  }

  boolean isSameBundle(LiveModel other) {
    return mode == other.mode && bundle.sha256().equals(other.bundle.sha256());
  }
}

package io.mlassets.inference;

import io.mlassets.model.ModelBundle;
import io.mlassets.signal.SignalMode;

/**
 * A verified bundle and what its decisions are for.
 *
 * @param bundle the bundle
 * @param mode live if adopted, shadow if only watched
 */
record LiveModel(ModelBundle bundle, SignalMode mode) {

  boolean isSame(LiveModel other) {
    return mode == other.mode && bundle.sha256().equals(other.bundle.sha256());
  }
}

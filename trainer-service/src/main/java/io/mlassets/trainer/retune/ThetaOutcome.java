package io.mlassets.trainer.retune;

import io.mlassets.platform.registry.RegisteredModel;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to.
 *
 * @param model the active one with the thresholds that were in force; null without any
 * @param evidence what was measured; null without a model
 * @param verdict what became of the thresholds
 */
record ThetaOutcome(
    @Nullable RegisteredModel model, @Nullable ThetaEvidence evidence, ThetaVerdict verdict) {

  /** The word in tables and metrics. */
  String wire() {
    return switch (verdict) {
      case ThetaVerdict.Adopted adopted -> "adopted";
      case ThetaVerdict.Held held -> "held";
    };
  }
}

package io.mlassets.policy;

/** How much each training row weighs. */
public enum SampleWeights {
  /** All alike. */
  NONE,
  /** By {@link io.mlassets.label.Uniqueness}, scaled to a mean of 1. */
  UNIQUENESS
}

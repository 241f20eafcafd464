package io.mlassets.model;

/** The three models of a bundle. */
public enum ModelType {
  /** {@code return_prob}: probability that the divergence closes. */
  AI1,
  /** {@code risk_score}: the courage not to trade. */
  AI2,
  /** {@code position_scale}: size of the position. */
  AI3
}

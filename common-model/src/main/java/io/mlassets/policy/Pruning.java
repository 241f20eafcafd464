package io.mlassets.policy;

/** How trials without hope are given up while a search runs. */
public enum Pruning {
  /** Asynchronous successive halving: one in three goes on at each rung. */
  HALVING,
  /** Those worse than the median of finished trials at the same step. */
  MEDIAN,
  /** Successive halving in brackets that begin later and later. */
  HYPERBAND,
  /** Every trial comes to its end. */
  NONE
}

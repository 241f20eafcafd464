package io.mlassets.validator.drift;

import io.mlassets.policy.Range;

/**
 * Of the entries AI1 wanted ({@code return_prob > θ1}, flat), those AI2 refused ({@code risk_score
 * >= θ2}), as in the backtest (requirement E-02).
 *
 * @param entries entries AI1 wanted
 * @param refused of which AI2 refused
 * @param wanted the policy's range of their share
 * @param minEntries fewer are not judged
 */
record NoTradeRate(int entries, int refused, Range wanted, int minEntries) {

  /** Share refused; NaN while AI1 wanted none. */
  double rate() {
    return (double) refused / entries;
  }

  /** Whether it is outside the policy's range. */
  boolean isAlert() {
    return entries > 0 && entries >= minEntries && !wanted.contains(rate());
  }
}

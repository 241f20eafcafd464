package io.mlassets.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The features of this build, in schema order. All are dimensionless. "Outward" means signed by the
 * side of the divergence: positive when the spread moves away from its mean. N is the policy's
 * feature window, S a quarter of it. A feature is NaN (missing) where the window it divides by is
 * flat, and only there.
 */
enum FeatureName {
  /** Spread's distance from its mean over N, in deviations, signed. */
  Z_SCORE,
  /** |z|. */
  Z_DISTANCE,
  /** The same over S, outward. */
  Z_SHORT,
  /** Change of the spread over the last bar, in deviations, outward. */
  Z_CHANGE_1,
  /** Over the medium lag. */
  Z_CHANGE_4,
  /** Over the long lag. */
  Z_CHANGE_16,
  /** ln of the spread's deviation per unit of gross notional: what a reversion is worth. */
  SPREAD_DEVIATION,
  /** ln of deviation over one-bar volatility: small when the spread is pulled back quickly. */
  SPREAD_REACH,
  /** ln of the variance ratio of the spread at the medium lag; 0 on a random walk. */
  VARIANCE_RATIO_4,
  /** At the long lag. */
  VARIANCE_RATIO_16,
  /** At the horizon's lag. */
  VARIANCE_RATIO_48,
  /** Share of the last N bars at which z changed sign. */
  ZERO_CROSSINGS,
  /** Mean one-bar profit of standing against z, in its standard deviations, over N. */
  PNL_MEAN,
  /** ln of that profit's standard deviation. */
  PNL_STD,
  /** ln of one-bar spread volatility, S over N. */
  SPREAD_VOL,
  /** ln of one-bar volatility of the legs (geometric mean), S over N. */
  VOLATILITY,
  /** Largest one-bar move of a leg within the last four, in deviations over N. */
  VOL_JUMP,
  /** True range over the last 14 bars against N, mean of the legs. */
  ATR_RATIO,
  /** The legs' one-bar correlation over N. */
  CORRELATION,
  /** Over S less over N. */
  CORRELATION_CHANGE,
  /** Hedge ratio. */
  BETA,
  /** Standard deviation of the hedge ratio over S. */
  BETA_STABILITY,
  /** Hedge ratio of levels less that of changes: large when they tell different stories. */
  BETA_GAP,
  /** ln of volume, S against N, of the thinner leg. */
  LIQUIDITY_SCORE,
  /** Code of the {@link PairClass}. */
  PAIR_CLASS;

  static List<String> namesInOrder() {
    return Arrays.stream(values()).map(FeatureName::schemaName).toList();
  }

  String schemaName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.mlassets.feature;

/** Works the features of one bar out of the windows. */
final class FeatureRow {
  private final double[] values = new double[FeatureName.values().length];

  FeatureRow(PairWindow window, SpreadHistory history, SpreadState spread, PairClass pairClass) {
    double z = spread.zScore();
    double beta = spread.beta();
    double outward = z < 0 ? -1 : 1;
    RollingMoments changes = window.changes.moments();
    RollingMoments shortChanges = window.shortChanges.moments();
    double oneBarVariance = changes.varianceOfSpread(beta);

    set(FeatureName.Z_SCORE, z);
    set(FeatureName.Z_DISTANCE, Math.abs(z));
    set(FeatureName.Z_SHORT, outward * shortZ(window.shortLevels, spread));
    double scale = outward / spread.deviation();
    set(FeatureName.Z_CHANGE_1, scale * window.spreadChange(1, beta));
    set(FeatureName.Z_CHANGE_4, scale * window.spreadChange(window.mediumLag.lag(), beta));
    set(FeatureName.Z_CHANGE_16, scale * window.spreadChange(window.longLag.lag(), beta));
    set(FeatureName.SPREAD_DEVIATION, Math.log(spread.deviation() / (1 + Math.abs(beta))));
    set(FeatureName.SPREAD_REACH, Math.log(spread.deviation() / Math.sqrt(oneBarVariance)));
    set(FeatureName.VARIANCE_RATIO_4, varianceRatio(window.mediumLag, beta, oneBarVariance));
    set(FeatureName.VARIANCE_RATIO_16, varianceRatio(window.longLag, beta, oneBarVariance));
    set(FeatureName.VARIANCE_RATIO_48, varianceRatio(window.horizonLag, beta, oneBarVariance));
    set(FeatureName.ZERO_CROSSINGS, history.crossingRate());
    double profitDeviation = Math.sqrt(history.profits.varianceU());
    set(FeatureName.PNL_MEAN, history.profits.meanU() / profitDeviation);
    set(FeatureName.PNL_STD, Math.log(profitDeviation));
    set(
        FeatureName.SPREAD_VOL,
        0.5 * Math.log(shortChanges.varianceOfSpread(beta) / oneBarVariance));
    set(FeatureName.VOLATILITY, legVolatility(shortChanges) - legVolatility(changes));
    set(FeatureName.VOL_JUMP, window.jump());
    set(FeatureName.ATR_RATIO, atrRatio(window.shortRanges, window.ranges));
    set(FeatureName.CORRELATION, changes.correlation());
    set(FeatureName.CORRELATION_CHANGE, shortChanges.correlation() - changes.correlation());
    set(FeatureName.BETA, beta);
    set(FeatureName.BETA_STABILITY, Math.sqrt(history.betas.varianceU()));
    set(FeatureName.BETA_GAP, PairWindow.slope(window.levels) - PairWindow.slope(changes));
    set(FeatureName.LIQUIDITY_SCORE, liquidity(window.shortVolumes, window.volumes));
    set(FeatureName.PAIR_CLASS, pairClass.code());
  }

  double[] values() {
    return values;
  }

  /** What divides by a flat window is missing, never infinite. */
  private void set(FeatureName name, double value) {
    values[name.ordinal()] = Double.isFinite(value) ? value : Double.NaN;
  }

  private static double shortZ(RollingMoments levels, SpreadState spread) {
    double mean = levels.meanU() - spread.beta() * levels.meanV();
    return (spread.spread() - mean) / Math.sqrt(levels.varianceOfSpread(spread.beta()));
  }

  private static double varianceRatio(LagMoments lagged, double beta, double oneBarVariance) {
    return Math.log(lagged.moments().varianceOfSpread(beta) / (lagged.lag() * oneBarVariance));
  }

  private static double legVolatility(RollingMoments changes) {
    return 0.25 * Math.log(changes.varianceU() * changes.varianceV());
  }

  private static double atrRatio(RollingMoments shortRanges, RollingMoments ranges) {
    return 0.5 * (shortRanges.meanU() / ranges.meanU() + shortRanges.meanV() / ranges.meanV());
  }

  private static double liquidity(RollingMoments shortVolumes, RollingMoments volumes) {
    return Math.min(shortVolumes.meanU() - volumes.meanU(), shortVolumes.meanV() - volumes.meanV());
  }
}

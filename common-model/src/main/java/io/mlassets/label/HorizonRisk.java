package io.mlassets.label;

import io.mlassets.decision.Direction;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.Bar;
import io.mlassets.policy.RiskLabelRules;
import io.mlassets.policy.TradingRules;
import java.util.List;

/** The three risk rules over the horizon after a bar, against the feature window up to it. */
final class HorizonRisk {
  private final List<MarketView> views;
  private final TradingRules rules;
  private final RiskLabelRules limits;
  private final double[] rangeA;
  private final double[] rangeB;
  private final double[] changeA;
  private final double[] changeB;

  HorizonRisk(List<MarketView> views, TradingRules rules, RiskLabelRules limits) {
    this.views = views;
    this.rules = rules;
    this.limits = limits;
    int n = views.size();
    rangeA = new double[n];
    rangeB = new double[n];
    changeA = new double[n];
    changeB = new double[n];
    for (int i = 1; i < n; i++) {
      SpreadState last = views.get(i - 1).spread();
      SpreadState now = views.get(i).spread();
      rangeA[i] = trueRange(views.get(i).bar().a(), last.logA());
      rangeB[i] = trueRange(views.get(i).bar().b(), last.logB());
      changeA[i] = now.logA() - last.logA();
      changeB[i] = now.logB() - last.logB();
    }
  }

  private static double trueRange(Bar bar, double previousLogClose) {
    return Math.max(Math.log(bar.high()), previousLogClose)
        - Math.min(Math.log(bar.low()), previousLogClose);
  }

  boolean isRisky(int t) {
    return drawdown(t) > limits.drawdownThreshold()
        || Math.max(rangeRatio(rangeA, t), rangeRatio(rangeB, t)) > limits.volatilityRatio()
        || correlationChange(t) <= limits.correlationDrop();
  }

  double drawdown(int t) {
    SpreadState entry = views.get(t).spread();
    double beta = entry.beta();
    double side = Direction.against(entry.zScore()).sign() / (1 + Math.abs(beta));
    double value = 0;
    double peak = 0;
    double worst = 0;
    for (int i = t + 1; i <= t + rules.holdingBars(); i++) {
      value += side * (changeA[i] - beta * changeB[i]);
      peak = Math.max(peak, value);
      worst = Math.max(worst, peak - value);
    }
    return worst;
  }

  private double rangeRatio(double[] ranges, int t) {
    double ahead = mean(ranges, t + 1, t + rules.holdingBars());
    double behind = mean(ranges, t - rules.featureWindow() + 1, t);
    return behind > 0 ? ahead / behind : 0;
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i <= to; i++) {
      sum += values[i];
    }
    return sum / (to - from + 1);
  }

  /** 0 when a leg is flat on either side of the bar: no correlation, no change of it. */
  double correlationChange(int t) {
    double change =
        correlation(t + 1, t + rules.holdingBars()) - correlation(t - rules.featureWindow() + 1, t);
    return Double.isFinite(change) ? change : 0;
  }

  private double correlation(int from, int to) {
    double meanA = mean(changeA, from, to);
    double meanB = mean(changeB, from, to);
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = from; i <= to; i++) {
      double a = changeA[i] - meanA;
      double b = changeB[i] - meanB;
      aa += a * a;
      bb += b * b;
      ab += a * b;
    }
    return ab / Math.sqrt(aa * bb);
  }
}

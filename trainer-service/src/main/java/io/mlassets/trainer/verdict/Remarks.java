package io.mlassets.trainer.verdict;

import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.theta.NestedThresholds;
import io.mlassets.trainer.theta.ThresholdChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What of a candidate's risk control is not as the policy wants it (requirements E-02, V-04). */
public final class Remarks {
  private final CorePolicy policy;

  /** Remarks by policy. */
  public Remarks(CorePolicy policy) {
    this.policy = policy;
  }

  /**
   * One line each, with its figures; empty when all is as wanted.
   *
   * @param thresholds those for live use and those of each fold
   * @param noTradeRate share of the entries AI1 wants that AI2 refuses; null when it wants none
   */
  public List<String> of(NestedThresholds thresholds, @Nullable Double noTradeRate) {
    List<String> remarks = new ArrayList<>();
    ThresholdChoice live = thresholds.live();
    if (!live.passRateReachable()) {
      remarks.add(
          "pass_rate_unreachable: no theta2 in %s lets %s of the candidates pass; %s do at theta2 %s"
              .formatted(
                  policy.thetaSearch().theta2(),
                  policy.riskPassRate(),
                  number(live.passRate()),
                  live.thresholds().theta2()));
    }
    for (int fold = 0; fold < thresholds.perFold().size(); fold++) {
      ThresholdChoice choice = thresholds.perFold().get(fold);
      if (!choice.passRateReachable()) {
        remarks.add(
            "pass_rate_unreachable: fold %d is judged by theta2 %s, which lets %s of the other folds'"
                    .formatted(fold + 1, choice.thresholds().theta2(), number(choice.passRate()))
                + " candidates pass, wanted is %s".formatted(policy.riskPassRate()));
      }
    }
    if (noTradeRate != null && !policy.noTradeRate().contains(noTradeRate)) {
      remarks.add(
          "no_trade_rate_out_of_range: AI2 refused %s of the entries AI1 wanted, wanted is %s"
              .formatted(number(noTradeRate), policy.noTradeRate()));
    }
    return remarks;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}

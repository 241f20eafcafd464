package io.mlassets.label;

import io.mlassets.decision.Barriers;
import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Direction;
import io.mlassets.decision.ExitReason;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.SpreadState;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.RiskLabelRules;
import io.mlassets.policy.TradingRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Labels of the candidate entries of one pair. All of them look at the horizon {@code (t, t+H]} of
 * the policy's {@code holding_bars} and at nothing before t except references.
 *
 * <p>AI1, triple barrier (López de Prado, AFML ch. 3) on the z-score measured with β, mean and
 * deviation frozen at the decision, by the very {@link Barriers} that live exits use: reverted
 * means that the exit band is reached before the stop band and within the horizon.
 *
 * <p>AI2, any one of: the trade's drawdown from entry over the horizon (running peak to trough of
 * its marked value, as a fraction of gross notional) above {@code risk_label_dd_threshold}; mean
 * true range of a leg over the horizon above {@code risk_label_vol_ratio} times its mean over the
 * feature window; correlation of one-bar changes over the horizon less that over the feature window
 * at or below {@code risk_label_corr_drop}.
 *
 * <p>AI3: the share of a full position that would have kept the horizon's realised risk (root of
 * the sum of squared spread changes) within one deviation of the spread, at most 1.
 */
public final class Labels {
  private static final String DEFINITION = "1";

  private final CorePolicy policy;

  /** Labels by a policy's trading and risk rules. */
  public Labels(CorePolicy policy) {
    this.policy = policy;
  }

  /**
   * Labels of the candidates among consecutive views of one pair, in time order; candidates whose
   * horizon is not complete, or whose feature window before them is not, get none.
   */
  public List<Label> of(List<MarketView> views) {
    TradingRules rules = policy.trading();
    HorizonRisk risk = new HorizonRisk(views, rules, policy.riskLabel());
    List<Label> labels = new ArrayList<>();
    for (int t = rules.featureWindow(); t + rules.holdingBars() < views.size(); t++) {
      if (DecisionRule.isCandidate(views.get(t).spread(), rules)) {
        labels.add(label(views, t, risk));
      }
    }
    return labels;
  }

  private Label label(List<MarketView> views, int t, HorizonRisk risk) {
    MarketView view = views.get(t);
    Instant end = views.get(t + policy.trading().holdingBars()).bar().a().end();
    return new Label(
        view.bar().pair(),
        view.bar().ts(),
        reverts(views, t),
        risk.isRisky(t),
        scaleTarget(views, t),
        end);
  }

  private boolean reverts(List<MarketView> views, int t) {
    SpreadState entry = views.get(t).spread();
    Direction direction = Direction.against(entry.zScore());
    for (int held = 1; ; held++) {
      double z = entry.zScore(views.get(t + held).spread());
      ExitReason reached = Barriers.reached(direction, z, held, policy.trading());
      if (reached != null) {
        return reached == ExitReason.REVERTED;
      }
    }
  }

  private double scaleTarget(List<MarketView> views, int t) {
    SpreadState entry = views.get(t).spread();
    double sum = 0;
    for (int held = 1; held <= policy.trading().holdingBars(); held++) {
      double change =
          entry.zScore(views.get(t + held).spread())
              - entry.zScore(views.get(t + held - 1).spread());
      sum += change * change;
    }
    return sum > 1 ? 1 / Math.sqrt(sum) : 1;
  }

  /** SHA-256 of the policy values and definitions labels depend on, lower-case hex. */
  public String spec() {
    RiskLabelRules risk = policy.riskLabel();
    String text = "labels " + DEFINITION + "\n" + policy.trading() + "\n" + risk + "\n";
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

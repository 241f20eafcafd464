package io.mlassets.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.feature.MarketView;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.RiskLabelRules;
import io.mlassets.policy.TradingRules;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final TradingRules RULES = SamplePolicies.QUICK;
  private static final RiskLabelRules RISK = new RiskLabelRules(0.008, 1.4, -0.15);
  private static final CorePolicy POLICY = SamplePolicies.core(RULES, RISK);

  @Test
  @Tag("T-10")
  void the_triple_barrier_agrees_with_following_the_prices_by_hand() {
    List<PairBar> bars = SampleMarket.bars(3_000, 11);
    List<MarketView> views = SampleMarket.views(bars, RULES);
    List<Label> labels = new Labels(POLICY).of(views);
    Map<Boolean, Integer> seen = new HashMap<>();
    Map<Instant, Integer> position = positions(views);
    for (Label label : labels) {
      int t = Objects.requireNonNull(position.get(label.ts()));
      assertThat(label.reverted()).as("%s", label.ts()).isEqualTo(revertsByHand(views, t));
      assertThat(label.labelEndTs()).isEqualTo(views.get(t + 12).bar().a().end());
      seen.merge(label.reverted(), 1, Integer::sum);
    }
    assertThat(seen.get(true)).isGreaterThan(20);
    assertThat(seen.get(false)).isGreaterThan(20);
  }

  private static boolean revertsByHand(List<MarketView> views, int t) {
    SpreadState entry = views.get(t).spread();
    double side = Math.signum(entry.zScore());
    for (int i = t + 1; i <= t + 12; i++) {
      PairBar bar = views.get(i).bar();
      double spread = Math.log(bar.a().close()) - entry.beta() * Math.log(bar.b().close());
      double z = side * (spread - entry.mean()) / entry.deviation();
      if (z <= 0) {
        return true;
      }
      if (z >= 5) {
        return false;
      }
    }
    return false;
  }

  @Test
  void every_candidate_with_a_whole_horizon_gets_a_label_and_nothing_else_does() {
    List<MarketView> views = SampleMarket.views(SampleMarket.bars(2_000, 12), RULES);
    List<Instant> expected = new ArrayList<>();
    for (int t = 40; t < views.size() - 12; t++) {
      double distance = Math.abs(views.get(t).spread().zScore());
      if (distance >= 2 && distance < 5) {
        expected.add(views.get(t).bar().ts());
      }
    }
    assertThat(new Labels(POLICY).of(views).stream().map(Label::ts)).isEqualTo(expected);
  }

  @Test
  @Tag("T-11")
  void the_risk_label_is_any_of_the_three_rules_over_the_horizon() {
    List<MarketView> views = SampleMarket.views(SampleMarket.bars(3_000, 13), RULES);
    Map<Instant, Integer> position = positions(views);
    int[] byRule = new int[3];
    int calm = 0;
    for (Label label : new Labels(POLICY).of(views)) {
      int t = Objects.requireNonNull(position.get(label.ts()));
      boolean drawdown = drawdownByHand(views, t) > RISK.drawdownThreshold();
      boolean volatility = rangeRatioByHand(views, t) > RISK.volatilityRatio();
      double change = correlationByHand(views, t + 1, t + 12) - correlationByHand(views, t - 39, t);
      boolean correlation = change <= RISK.correlationDrop();
      assertThat(label.risky()).isEqualTo(drawdown || volatility || correlation);
      byRule[0] += drawdown ? 1 : 0;
      byRule[1] += volatility ? 1 : 0;
      byRule[2] += correlation ? 1 : 0;
      calm += label.risky() ? 0 : 1;
    }
    assertThat(byRule).doesNotContain(0);
    assertThat(calm).isPositive();
  }

  private static double drawdownByHand(List<MarketView> views, int t) {
    SpreadState entry = views.get(t).spread();
    double side = entry.zScore() > 0 ? -1 : 1;
    double worst = 0;
    for (int from = t; from < t + 12; from++) {
      for (int to = from + 1; to <= t + 12; to++) {
        double fall = side * (spread(entry, views.get(from)) - spread(entry, views.get(to)));
        worst = Math.max(worst, fall / (1 + Math.abs(entry.beta())));
      }
    }
    return worst;
  }

  private static double spread(SpreadState entry, MarketView at) {
    return at.spread().logA() - entry.beta() * at.spread().logB();
  }

  private static double rangeRatioByHand(List<MarketView> views, int t) {
    return Math.max(
        meanRange(views, t + 1, t + 12, true) / meanRange(views, t - 39, t, true),
        meanRange(views, t + 1, t + 12, false) / meanRange(views, t - 39, t, false));
  }

  private static double meanRange(List<MarketView> views, int from, int to, boolean first) {
    double sum = 0;
    for (int i = from; i <= to; i++) {
      Bar bar = first ? views.get(i).bar().a() : views.get(i).bar().b();
      Bar last = first ? views.get(i - 1).bar().a() : views.get(i - 1).bar().b();
      sum +=
          Math.log(Math.max(bar.high(), last.close()) / Math.min(bar.low(), last.close()))
              / (to - from + 1);
    }
    return sum;
  }

  private static double correlationByHand(List<MarketView> views, int from, int to) {
    int n = to - from + 1;
    double[] a = new double[n];
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      PairBar now = views.get(from + i).bar();
      PairBar last = views.get(from + i - 1).bar();
      a[i] = Math.log(now.a().close() / last.a().close());
      b[i] = Math.log(now.b().close() / last.b().close());
    }
    double sumA = 0;
    double sumB = 0;
    double sumAa = 0;
    double sumBb = 0;
    double sumAb = 0;
    for (int i = 0; i < n; i++) {
      sumA += a[i];
      sumB += b[i];
      sumAa += a[i] * a[i];
      sumBb += b[i] * b[i];
      sumAb += a[i] * b[i];
    }
    return (n * sumAb - sumA * sumB)
        / Math.sqrt((n * sumAa - sumA * sumA) * (n * sumBb - sumB * sumB));
  }

  @Test
  @Tag("T-12")
  void the_scale_target_keeps_the_realised_risk_within_one_deviation() {
    List<MarketView> views = SampleMarket.views(SampleMarket.bars(2_000, 14), RULES);
    Map<Instant, Integer> position = positions(views);
    for (Label label : new Labels(POLICY).of(views)) {
      int t = Objects.requireNonNull(position.get(label.ts()));
      SpreadState entry = views.get(t).spread();
      double squares = 0;
      for (int i = t + 1; i <= t + 12; i++) {
        double change = spread(entry, views.get(i)) - spread(entry, views.get(i - 1));
        squares += change * change;
      }
      double expected = Math.min(1, entry.deviation() / Math.sqrt(squares));
      assertThat(label.scaleTarget()).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void bars_after_the_label_end_do_not_change_it() {
    List<PairBar> bars = SampleMarket.bars(1_500, 15);
    List<Label> whole = new Labels(POLICY).of(SampleMarket.views(bars, RULES));
    for (int cut = 1_000; cut < 1_020; cut++) {
      List<Label> early = new Labels(POLICY).of(SampleMarket.views(bars.subList(0, cut), RULES));
      Instant known = bars.get(cut - 1).a().end();
      assertThat(early)
          .isEqualTo(whole.stream().filter(l -> !l.labelEndTs().isAfter(known)).toList());
    }
  }

  @Test
  void the_spec_changes_with_every_value_labels_depend_on() {
    String spec = new Labels(POLICY).spec();
    assertThat(spec).hasSize(64).isEqualTo(new Labels(POLICY).spec());
    assertThat(new Labels(SamplePolicies.core(RULES)).spec()).isNotEqualTo(spec);
    TradingRules longer = new TradingRules(40, 2, 0, 5, 13);
    assertThat(new Labels(SamplePolicies.core(longer, RISK)).spec()).isNotEqualTo(spec);
  }

  private static Map<Instant, Integer> positions(List<MarketView> views) {
    Map<Instant, Integer> positions = new HashMap<>();
    for (int i = 0; i < views.size(); i++) {
      positions.put(views.get(i).bar().ts(), i);
    }
    return positions;
  }
}

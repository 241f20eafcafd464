package io.mlassets.trainer.retune;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.PairHistory;
import io.mlassets.backtest.ScoredView;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.MarketView;
import io.mlassets.label.Label;
import io.mlassets.label.Labels;
import io.mlassets.market.PairBar;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import io.mlassets.trainer.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From scored bars to the verdict, on markets whose worth is known. */
@Tag("R-04")
class MeasureThresholdsTest {
  private static final CorePolicy CORE = SamplePolicies.core(SamplePolicies.QUICK);
  private static final Policies POLICIES = policies();
  private static final Thresholds IN_FORCE = new Thresholds(0.85, 0.3);
  private static final Instant SEEN_TO = Instant.parse("2023-12-31T23:00:00Z");

  private static Policies policies() {
    Policies files = PolicyFiles.read(TestServers.configFolder());
    return new Policies(
        CORE, files.retrain(), files.signals(), files.canonicalJson(), files.hash());
  }

  private static UnseenBars market(
      int bars, long seed, ToDoubleFunction<Label> prob, ToDoubleFunction<Label> risk) {
    List<PairBar> all = SampleMarket.bars(bars, seed);
    List<MarketView> views = SampleMarket.views(all, SamplePolicies.QUICK);
    Map<Instant, MarketView> byTs = new HashMap<>();
    views.forEach(view -> byTs.put(view.bar().ts(), view));
    List<ScoredView> scored = new ArrayList<>();
    for (Label label : new Labels(CORE).of(views)) {
      MarketView view = java.util.Objects.requireNonNull(byTs.get(label.ts()));
      scored.add(
          new ScoredView(
              view, new Scores(prob.applyAsDouble(label), risk.applyAsDouble(label), 1)));
    }
    return new UnseenBars(
        SEEN_TO,
        List.of(
            new PairHistory(
                SampleMarket.PAIR,
                SampleMarket.instrument(SampleMarket.PAIR.a()),
                SampleMarket.instrument(SampleMarket.PAIR.b()),
                all,
                scored)));
  }

  private static ThetaEvidence measure(UnseenBars unseen, Thresholds inForce) {
    try (Workers workers = new Workers(2)) {
      return new MeasureThresholds(POLICIES, workers).on(unseen, inForce);
    }
  }

  private static ThetaVerdict judge(ThetaEvidence evidence) {
    return new JudgeThresholds(POLICIES).judge(evidence);
  }

  @Test
  void without_unseen_bars_the_thresholds_stay() {
    ThetaVerdict verdict = judge(measure(new UnseenBars(SEEN_TO, List.of()), IN_FORCE));
    assertThat(verdict).isInstanceOf(ThetaVerdict.Held.class);
    assertThat(verdict.reasons().getFirst()).startsWith("too_few_unseen_bars: 0 bars after 2023");
    assertThat(verdict.reasons().getLast()).startsWith("too_few_candidates: 0");
  }

  @Test
  void planted_better_thresholds_are_found_and_adopted() {
    SplittableRandom random = new SplittableRandom(3);
    UnseenBars unseen =
        market(
            14_000,
            21,
            label ->
                Math.clamp((label.reverted() ? 0.82 : 0.65) + 0.02 * random.nextGaussian(), 0, 1),
            label -> random.nextDouble());
    ThetaEvidence evidence = measure(unseen, IN_FORCE);
    ThetaVerdict verdict = judge(evidence);
    assertThat(verdict).as("%s", evidence).isInstanceOf(ThetaVerdict.Adopted.class);
    assertThat(verdict.reasons()).anySatisfy(r -> assertThat(r).startsWith("earns_more: "));
    assertThat(((ThetaVerdict.Adopted) verdict).next().theta1()).isBetween(0.62, 0.84);
    assertThat(judge(measure(unseen, ((ThetaVerdict.Adopted) verdict).next())))
        .as("once is enough")
        .isInstanceOf(ThetaVerdict.Held.class);
  }

  @Test
  void thresholds_that_are_better_by_luck_only_are_seldom_adopted() {
    int adopted = 0;
    int better = 0;
    for (long seed = 0; seed < 10; seed++) {
      SplittableRandom random = new SplittableRandom(100 + seed);
      ThetaEvidence evidence =
          measure(
              market(
                  3_000,
                  seed,
                  label -> 0.55 + 0.35 * random.nextDouble(),
                  label -> random.nextDouble()),
              new Thresholds(0.7, 0.3));
      ThetaEvidence.Found found = java.util.Objects.requireNonNull(evidence.found());
      better += found.gain().difference() > 0 ? 1 : 0;
      adopted += judge(evidence) instanceof ThetaVerdict.Adopted ? 1 : 0;
    }
    // Better by luck is as usual as worse; a naive comparison would take all of the former.
    assertThat(better).isBetween(2, 9);
    assertThat(adopted).isLessThanOrEqualTo(1);
  }

  @Test
  @Tag("V-04")
  void a_pass_rate_out_of_range_is_restored_by_the_nearest_theta2_that_does() {
    SplittableRandom random = new SplittableRandom(9);
    UnseenBars unseen = market(14_000, 5, label -> 0.5, label -> 0.25 + 0.5 * random.nextDouble());
    ThetaEvidence evidence = measure(unseen, new Thresholds(0.62, 0.22));
    assertThat(evidence.candidates()).isGreaterThan(500);
    assertThat(evidence.passRate()).isZero();
    ThetaVerdict verdict = judge(evidence);
    assertThat(verdict)
        .as("%s", evidence)
        .isInstanceOfSatisfying(
            ThetaVerdict.Adopted.class,
            adopted -> {
              assertThat(adopted.next().theta1()).isEqualTo(0.62);
              assertThat(passing(unseen, adopted.next().theta2())).isGreaterThanOrEqualTo(0.05);
              assertThat(passing(unseen, adopted.next().theta2() - 0.001)).isLessThan(0.05);
            });
  }

  private static double passing(UnseenBars unseen, double theta2) {
    double[] risks = unseen.riskScores();
    int below = 0;
    for (double risk : risks) {
      below += risk < theta2 - 1e-9 ? 1 : 0;
    }
    return (double) below / risks.length;
  }

  @Test
  void blocks_hold_equally_many_bars_and_every_bar_once() {
    List<Instant> times = SampleMarket.bars(103, 1).stream().map(PairBar::ts).toList();
    var blocks = UnseenBars.blocks(times, 5);
    assertThat(times)
        .allSatisfy(
            ts -> assertThat(blocks.stream().filter(block -> block.contains(ts))).hasSize(1));
    assertThat(blocks)
        .allSatisfy(
            block ->
                assertThat(times.stream().filter(block::contains).count()).isBetween(20L, 21L));
  }
}

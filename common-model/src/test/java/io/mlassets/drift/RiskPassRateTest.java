package io.mlassets.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.drift.RiskPassRate.Verdict;
import io.mlassets.policy.Range;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-04")
class RiskPassRateTest {
  private static final Range WANTED = new Range(0.05, 0.40);
  private static final Range THETA2 = new Range(0.20, 0.45);

  /** Scores spread evenly over [low, high). */
  private static double[] scores(double low, double high) {
    return IntStream.range(0, 100).mapToDouble(i -> low + (high - low) * i / 100).toArray();
  }

  private static RiskPassRate judge(double[] scores, double theta2) {
    return RiskPassRate.of(scores, theta2, WANTED, THETA2, 50);
  }

  @Test
  void a_share_within_the_range_is_no_alert() {
    RiskPassRate rate = judge(scores(0, 1), 0.30);
    assertThat(rate.passed()).isEqualTo(30);
    assertThat(rate.rate()).isEqualTo(0.30);
    assertThat(rate.verdict()).isEqualTo(Verdict.WITHIN);
  }

  @Test
  void too_low_and_too_high_name_their_side_when_another_theta_could_reach_the_range() {
    assertThat(judge(scores(0.28, 0.48), 0.28).verdict()).isEqualTo(Verdict.TOO_LOW);
    assertThat(judge(scores(0.15, 0.45), 0.44).verdict()).isEqualTo(Verdict.TOO_HIGH);
  }

  @Test
  void scores_no_allowed_threshold_can_separate_are_unreachable_not_fudged() {
    assertThat(judge(scores(0.60, 0.90), 0.45).verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(judge(scores(0.00, 0.10), 0.20).verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(Verdict.UNREACHABLE.reason()).isEqualTo("pass_rate_unreachable");
  }

  @Test
  void a_score_at_the_threshold_does_not_pass() {
    assertThat(judge(new double[] {0.3, 0.29}, 0.3).passed()).isEqualTo(1);
  }

  @Test
  void few_candidates_are_counted_but_not_judged() {
    RiskPassRate rate = judge(new double[] {0.9}, 0.3);
    assertThat(rate.rate()).isEqualTo(0.0);
    assertThat(rate.verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(judge(new double[0], 0.3).rate()).isNull();
  }
}

package io.mlassets.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.drift.RiskPassRate.Passed;
import io.mlassets.policy.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-04")
class RollingRiskTest {
  private static final Range THETA2 = new Range(0.20, 0.45);
  private static final Range WANTED = new Range(0.05, 0.40);
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private record Candidate(Instant ts, double risk, double theta2) {
    boolean flagged() {
      return risk >= theta2;
    }
  }

  private static List<Candidate> candidates(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> all = new ArrayList<>();
    Instant ts = START;
    double theta2 = 0.3;
    double level = 0.5;
    for (int i = 0; i < count; i++) {
      ts = ts.plus(Duration.ofMinutes(random.nextInt(20) == 0 ? 600 : 1 + random.nextInt(3)));
      theta2 = random.nextInt(50) == 0 ? 0.2 + 0.25 * random.nextDouble() : theta2;
      // Scores of bars side by side are alike, and some lie on a threshold.
      level = random.nextInt(15) == 0 ? random.nextDouble() : level;
      double risk =
          random.nextInt(10) == 0 ? theta2 : Math.clamp(level + 0.1 * random.nextGaussian(), 0, 1);
      all.add(new Candidate(ts, risk, theta2));
    }
    return all;
  }

  /** Those counted, by going through all of them. */
  private static List<Candidate> counted(List<Candidate> all, int most, Duration span) {
    Instant newest = all.getLast().ts();
    List<Candidate> young =
        all.stream().filter(one -> !one.ts().isBefore(newest.minus(span))).toList();
    return young.subList(Math.max(0, young.size() - most), young.size());
  }

  private static Passed naive(List<Candidate> counted) {
    int passed = 0;
    int low = 0;
    int high = 0;
    for (Candidate one : counted) {
      passed += one.risk() < one.theta2() ? 1 : 0;
      low += one.risk() < THETA2.low() ? 1 : 0;
      high += one.risk() < THETA2.high() ? 1 : 0;
    }
    return new Passed(counted.size(), passed, low, high);
  }

  private static int naiveRun(List<Candidate> counted) {
    int run = 0;
    for (Candidate one : counted) {
      run = one.flagged() ? run + 1 : 0;
    }
    return run;
  }

  private static void add(RollingRisk rolling, Candidate one) {
    rolling.add(one.ts(), one.risk(), one.flagged());
  }

  @Test
  void it_says_after_every_candidate_what_counting_all_of_them_says() {
    for (int most : List.of(1, 2, 10, 60)) {
      for (Duration span :
          List.of(Duration.ofMinutes(5), Duration.ofHours(3), Duration.ofDays(9))) {
        List<Candidate> all = candidates(most + span.toSeconds(), 700);
        RollingRisk rolling = new RollingRisk(most, span, THETA2);
        assertThat(rolling.passed()).isEqualTo(Passed.NONE);
        for (int i = 0; i < all.size(); i++) {
          add(rolling, all.get(i));
          List<Candidate> counted = counted(all.subList(0, i + 1), most, span);
          assertThat(rolling.passed()).isEqualTo(naive(counted));
          assertThat(rolling.flagRun()).isEqualTo(naiveRun(counted));
        }
        Instant later = all.getLast().ts().plus(span.dividedBy(2));
        rolling.elapsed(later);
        List<Candidate> left =
            counted(all, most, span).stream()
                .filter(one -> !one.ts().isBefore(later.minus(span)))
                .toList();
        assertThat(rolling.passed()).isEqualTo(naive(left));
        assertThat(rolling.flagRun()).isEqualTo(naiveRun(left));
      }
    }
  }

  @Test
  void one_that_goes_on_from_the_newest_candidates_says_what_one_says_that_never_stopped() {
    Duration span = Duration.ofHours(3);
    List<Candidate> all = candidates(3, 900);
    RollingRisk whole = new RollingRisk(40, span, THETA2);
    all.forEach(one -> add(whole, one));
    for (int from : List.of(200, 500, 800)) {
      RollingRisk restarted = new RollingRisk(40, span, THETA2);
      counted(all.subList(0, from), 40, span).forEach(one -> add(restarted, one));
      // Some are told twice: once out of the record, once live.
      all.subList(from - 5, all.size()).forEach(one -> add(restarted, one));
      assertThat(restarted.passed()).isEqualTo(whole.passed());
      assertThat(restarted.flagRun()).isEqualTo(whole.flagRun());
    }
  }

  @Test
  void pairs_counted_together_are_judged_as_their_scores_together_are() {
    SplittableRandom random = new SplittableRandom(4);
    for (int trial = 0; trial < 300; trial++) {
      double theta2 = 0.2 + 0.25 * random.nextDouble();
      double spread = random.nextDouble();
      double[] scores = new double[80];
      Passed together = Passed.NONE;
      for (int pair = 0; pair < 4; pair++) {
        RollingRisk rolling = new RollingRisk(20, Duration.ofDays(1), THETA2);
        for (int i = 0; i < 20; i++) {
          double risk = Math.clamp(spread * random.nextDouble() + random.nextInt(2) * 0.3, 0, 1);
          scores[20 * pair + i] = risk;
          rolling.add(START.plusSeconds(60L * i), risk, !RiskPassRate.passes(risk, theta2));
        }
        together = together.plus(rolling.passed());
      }
      assertThat(RiskPassRate.of(together, WANTED, 50))
          .isEqualTo(RiskPassRate.of(scores, theta2, WANTED, THETA2, 50));
    }
  }
}

package io.mlassets.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideEvidenceTest {
  private static OutsideEvidence after(double tolerated, double... shares) {
    OutsideEvidence evidence = OutsideEvidence.none(tolerated);
    for (double share : shares) {
      evidence = evidence.after(share);
    }
    return evidence;
  }

  /** Oracle: the best of the bets that began with each block. */
  @Test
  void it_is_the_best_of_all_bets_that_could_have_been_begun() {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 500; run++) {
      double tolerated = 0.01 + 0.99 * random.nextDouble();
      double[] shares = new double[1 + random.nextInt(30)];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = random.nextInt(3) == 0 ? random.nextDouble() : 0;
      }
      double best = 0;
      for (int from = 0; from < shares.length; from++) {
        double product = 1;
        for (int i = from; i < shares.length; i++) {
          product *= 1 + (shares[i] - tolerated) / (2 * tolerated);
        }
        best = Math.max(best, product);
      }
      assertThat(after(tolerated, shares).value()).isCloseTo(best, within(1e-9 * (1 + best)));
    }
  }

  /** A fair bet: with a mean share of what is tolerated, no block is expected to add anything. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.04, 0.2, 1})
  void no_distribution_of_the_tolerated_mean_makes_the_bet_grow(double tolerated) {
    SplittableRandom random = new SplittableRandom(8);
    for (int run = 0; run < 200; run++) {
      // Two values that have this mean: every such distribution is a mixture of these.
      double low = tolerated * random.nextDouble();
      double high = tolerated + (1 - tolerated) * random.nextDouble();
      double chance = high == low ? 0 : (tolerated - low) / (high - low);
      OutsideEvidence before = new OutsideEvidence(tolerated, 1 + 50 * random.nextDouble());
      double mean = chance * before.after(high).value() + (1 - chance) * before.after(low).value();
      assertThat(mean).isCloseTo(before.value(), within(1e-9 * before.value()));
    }
  }

  /**
   * Blocks with as much outside as is tolerated, in the way that gives the bet the widest swings:
   * whole blocks. A lower limit than in use, or it would take hours; the promise holds for each.
   */
  @Test
  void a_sound_model_lasts_as_many_blocks_as_promised() {
    double limit = 200;
    double tolerated = 0.05;
    SplittableRandom random = new SplittableRandom(1);
    long blocks = 0;
    int alarms = 400;
    for (int alarm = 0; alarm < alarms; alarm++) {
      OutsideEvidence evidence = OutsideEvidence.none(tolerated);
      while (evidence.value() < limit) {
        evidence = evidence.after(random.nextDouble() < tolerated ? 1 : 0);
        blocks++;
      }
    }
    assertThat((double) blocks / alarms).isGreaterThan(limit);
  }

  @Test
  void four_whole_blocks_outside_are_enough_and_single_outputs_never_are() {
    double tolerated = OutsideEvidence.toleratedOf(0.0199);
    assertThat(after(tolerated, 1, 1, 1).isOver()).isFalse();
    assertThat(after(tolerated, 1, 1, 1, 1).isOver()).isTrue();
    double[] quiet = new double[1_000];
    Arrays.fill(quiet, tolerated / 2);
    assertThat(after(tolerated, quiet).value()).isLessThan(1);
    assertThat(after(1, 1, 1, 1, 1, 1, 1, 1, 1).isOver()).isFalse();
  }

  @Test
  void what_was_inside_for_long_does_not_delay_what_comes() {
    double[] shares = new double[504];
    Arrays.fill(shares, 500, 504, 1);
    assertThat(after(0.0398, shares).isOver()).isTrue();
  }

  @Test
  void it_never_overflows_and_refuses_what_is_no_share() {
    double[] shares = new double[2_000];
    Arrays.fill(shares, 1);
    assertThat(after(0.001, shares).value()).isFinite();
    OutsideEvidence none = OutsideEvidence.none(0.1);
    assertThatThrownBy(() -> none.after(1.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> none.after(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OutsideEvidence.none(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_trial_is_mostly_outside_by_the_mean_of_its_blocks() {
    assertThat(MostlyOutside.is(new double[] {1, 0}, 0.04)).isTrue();
    assertThat(MostlyOutside.is(new double[] {1, 0, 0.4}, 0.04)).isFalse();
    assertThat(MostlyOutside.is(new double[] {0.7, 0.7}, 0.08)).isFalse();
    assertThat(MostlyOutside.is(new double[] {0.8, 0.8}, 0.08)).isTrue();
    assertThat(MostlyOutside.is(new double[] {1, 1, 1}, 0.2)).isFalse();
    assertThat(MostlyOutside.is(new double[0], 0.04)).isFalse();
  }
}

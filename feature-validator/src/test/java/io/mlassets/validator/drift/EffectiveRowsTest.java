package io.mlassets.validator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-02")
class EffectiveRowsTest {

  @Test
  void equal_clusters_are_worth_their_number_and_a_single_one_is_worth_one_row() {
    assertThat(EffectiveRows.of(Collections.nCopies(12, 48L))).isCloseTo(12, within(1e-9));
    assertThat(EffectiveRows.of(List.of(500L))).isCloseTo(1, within(1e-9));
    assertThat(EffectiveRows.of(List.of())).isZero();
  }

  @Test
  void the_variance_of_a_mean_over_fully_alike_clusters_is_that_of_so_many_rows() {
    List<Long> sizes = List.of(1L, 5L, 20L, 40L, 3L, 3L, 10L);
    Random random = new Random(3);
    List<Double> means = new ArrayList<>();
    for (int round = 0; round < 40_000; round++) {
      double sum = 0;
      long rows = 0;
      for (long size : sizes) {
        sum += size * random.nextGaussian();
        rows += size;
      }
      means.add(sum / rows);
    }
    double variance = means.stream().mapToDouble(mean -> mean * mean).average().orElseThrow();
    assertThat(1 / variance).isCloseTo(EffectiveRows.of(sizes), within(0.1));
  }
}

package io.mlassets.suite.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E-04")
class LatenciesTest {
  @Test
  void percentiles_are_by_nearest_rank() {
    List<Long> nanos = new ArrayList<>();
    for (long i = 1; i <= 200; i++) {
      nanos.add(i * 1_000_000);
    }
    Collections.shuffle(nanos, new Random(7));

    Latencies latencies = Latencies.ofNanos(nanos);

    assertThat(latencies).isEqualTo(new Latencies(100, 198, 200));
  }

  @Test
  void one_measurement_is_all_three() {
    assertThat(Latencies.ofNanos(List.of(2_500_000L))).isEqualTo(new Latencies(2.5, 2.5, 2.5));
  }
}

package io.mlassets.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-04")
class KnownDirectionsTest {

  @Test
  void directions_name_features_that_exist() {
    List<Map<String, Integer>> all =
        List.of(KnownDirections.ofReturn(), KnownDirections.ofRisk(), KnownDirections.ofScale());
    assertThat(all)
        .allSatisfy(
            directions -> {
              assertThat(FeatureName.namesInOrder()).containsAll(directions.keySet());
              assertThat(directions.values()).allMatch(value -> value == 1 || value == -1);
            });
  }

  /** The reason for the direction of |z|: shifted copies of a path keep their order. */
  @Test
  void the_further_out_a_path_starts_the_rarer_it_closes_before_the_stop() {
    List<Integer> closed = new ArrayList<>();
    for (double start : new double[] {2.0, 2.5, 3.0, 3.5}) {
      closed.add(closed(start));
    }
    assertThat(closed).isSortedAccordingTo((a, b) -> b - a).doesNotHaveDuplicates();
  }

  private static int closed(double start) {
    SplittableRandom random = new SplittableRandom(1);
    int closed = 0;
    for (int path = 0; path < 4_000; path++) {
      double z = start;
      boolean running = true;
      for (int step = 0; step < 48; step++) {
        z += -0.05 * z + 0.3 * random.nextGaussian();
        closed += running && z <= 0.5 ? 1 : 0;
        running &= z > 0.5 && z < 4;
      }
    }
    return closed;
  }
}

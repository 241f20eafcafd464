package io.mlassets.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoundsTest {

  @Test
  void what_is_just_held_is_held_and_what_is_no_number_is_not() {
    assertThat(
            new Bounds()
                .atMost("%.1f %.1f", 1, 1)
                .atLeast("%.1f %.1f", 1, 1)
                .none(0, "lost")
                .all(3, 3, "done")
                .with("x: ", List.of())
                .broken())
        .isEmpty();
    assertThat(
            new Bounds()
                .atMost("%.1f above %.1f", 1.1, 1)
                .atLeast("%.1f below %.1f", 0.9, 1)
                .atMost("%.1f no number %.1f", Double.NaN, 1)
                .none(2, "lost")
                .all(2, 3, "done")
                .with("x: ", List.of("y"))
                .broken())
        .containsExactly(
            "1.1 above 1.0", "0.9 below 1.0", "NaN no number 1.0", "2 lost", "2 of 3 done", "x: y");
  }
}

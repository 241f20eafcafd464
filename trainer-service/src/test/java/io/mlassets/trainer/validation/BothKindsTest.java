package io.mlassets.trainer.validation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.backtest.Period;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-03")
class BothKindsTest {
  private static final Period PERIOD =
      new Period(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-02-01T00:00:00Z"));
  private static final List<Fold> FOLDS =
      List.of(
          new Fold(0, PERIOD, new int[] {2, 3}, new int[] {0, 1}),
          new Fold(1, PERIOD, new int[] {0, 1}, new int[] {2, 3}));

  @Test
  void folds_with_ones_and_zeros_to_learn_from_can_be_used() {
    assertThatCode(() -> BothKinds.require("AI1", new double[] {0, 1, 1, 0}, FOLDS))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                BothKinds.require(
                    "AI1",
                    new double[] {0, 1, 1, 1},
                    List.of(new Fold(0, PERIOD, new int[] {0, 1}, new int[] {2, 3}))))
        .as("test rows of one label")
        .doesNotThrowAnyException();
  }

  @Test
  void a_fold_whose_training_labels_are_all_alike_is_named() {
    assertThatThrownBy(() -> BothKinds.require("AI1", new double[] {0, 1, 1, 1}, FOLDS))
        .isInstanceOf(UnusableSplitException.class)
        .hasMessageContaining("AI1: 2 of 2 training labels of fold 0");
    assertThatThrownBy(() -> BothKinds.require("AI2", new double[] {0, 0, 0, 1}, FOLDS))
        .isInstanceOf(UnusableSplitException.class)
        .hasMessageContaining("AI2: 0 of 2 training labels of fold 1");
  }
}

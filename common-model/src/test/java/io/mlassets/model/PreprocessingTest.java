package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.feature.FeatureSchema;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("T-02")
@Tag("Q-01")
class PreprocessingTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.of(List.of("vol", FeatureSchema.PAIR_CLASS, "beta"));
  private static final double NAN = Double.NaN;
  private static final double[] ROWS = {1, 3, 5, 2, 1, NAN, 6, 3, 5, NAN, NAN, 5};
  private static final Preprocessing FITTED = Preprocessing.fit(SCHEMA, ROWS);

  @Test
  void it_keeps_median_mean_and_deviation_of_the_values_there_are() {
    assertThat(FITTED.columns().getFirst())
        .isEqualTo(new PreparedColumn.Numeric("vol", 2, 3, Math.sqrt(14 / 3.0)));
    assertThat(FITTED.columns().getLast()).isEqualTo(new PreparedColumn.Numeric("beta", 5, 5, 1));
  }

  @Test
  void a_missing_or_infinite_number_becomes_the_median() {
    double[] expected = FITTED.apply(new double[] {2, 1, 5});
    assertThat(FITTED.apply(new double[] {NAN, 1, NAN})).isEqualTo(expected);
    assertThat(FITTED.apply(new double[] {Double.POSITIVE_INFINITY, 1, NAN})).isEqualTo(expected);
  }

  @Test
  void categories_are_numbered_from_zero_and_unseen_ones_are_missing() {
    assertThat(FITTED.apply(new double[] {1, 1, 1})[1]).isEqualTo(0);
    assertThat(FITTED.apply(new double[] {1, 3, 1})[1]).isEqualTo(1);
    assertThat(FITTED.apply(new double[] {1, 2, 1})[1]).isNaN();
    assertThat(FITTED.apply(new double[] {1, NAN, 1})[1]).isNaN();
    assertThat(FITTED.categoricalColumns()).containsExactly(1);
  }

  @Test
  void many_rows_at_once_equal_one_row_at_a_time() {
    double[] all = FITTED.applyAll(ROWS);
    for (int row = 0; row < 4; row++) {
      double[] one = new double[3];
      System.arraycopy(ROWS, 3 * row, one, 0, 3);
      for (int i = 0; i < 3; i++) {
        assertThat(all[3 * row + i]).isEqualTo(Double.valueOf(FITTED.apply(one)[i]));
      }
    }
  }

  @Test
  void it_is_read_back_from_json_exactly() {
    JsonMapper json = JsonMapper.builder().build();
    assertThat(json.readValue(json.writeValueAsString(FITTED), Preprocessing.class))
        .isEqualTo(FITTED);
  }

  @Test
  void rows_of_another_width_and_unknown_inputs_are_refused() {
    assertThatThrownBy(() -> FITTED.apply(new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values");
    assertThatThrownBy(() -> FITTED.positions(List.of("vol", "gone")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gone");
    assertThat(FITTED.positions(List.of("beta", "vol"))).containsExactly(2, 0);
  }
}

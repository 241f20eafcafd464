package io.mlassets.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.model.EngineId;
import io.mlassets.model.TreeEnsemble;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MismatchesTest {

  @Test
  void scores_are_compared_bit_by_bit_whichever_way_they_were_made() {
    double[] theirs = {1, 0.0, 3, Double.NaN};
    double[] same = theirs.clone();
    double[] lastBit = {Math.nextUp(1.0), 0.0, 3, Double.NaN};
    double[] zero = {1, -0.0, 3, Double.NaN};
    assertThat(Mismatches.of(theirs, same, same)).isEqualTo(new Mismatches(4, 0, 0));
    assertThat(Mismatches.of(theirs, lastBit, same)).isEqualTo(new Mismatches(4, 1, 1));
    assertThat(Mismatches.of(theirs, same, zero)).isEqualTo(new Mismatches(4, 1, 1));
    assertThat(Mismatches.of(theirs, lastBit, zero)).isEqualTo(new Mismatches(4, 2, 2));
    assertThatThrownBy(() -> Mismatches.of(theirs, new double[3], same))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_model_scores_as_its_engine_does_on_probing_rows() throws Exception {
    List<TrainedModel> models =
        Stream.concat(
                Stream.of(TrainedModel.lightGbm(2_000), TrainedModel.xgboost(2_000)),
                TrainedModel.unusual(2_000).stream())
            .toList();
    for (TrainedModel model : models) {
      assertThat(BitRun.of(model, 3_000, 5))
          .as(model.name())
          .isEqualTo(new Mismatches(3_000, 0, 0));
    }
  }

  @Test
  void a_planted_threshold_off_by_its_last_bit_is_found() {
    assertPlantedIsFound("threshold=", Math::nextUp);
  }

  @Test
  void a_planted_leaf_off_by_a_trillionth_is_found() {
    assertPlantedIsFound("leaf_value=", value -> value * (1 + 1e-12));
  }

  private static void assertPlantedIsFound(String what, DoubleUnaryOperator change) {
    TrainedModel model = TrainedModel.lightGbm(2_000);
    TreeEnsemble wrong = TreeEnsemble.lightGbm(withOther(model.text(), what, change));
    TrainedModel planted =
        new TrainedModel("planted", EngineId.LIGHTGBM, model.text(), wrong, model.rows());
    assertThat(BitRun.of(planted, 20_000, 5).rows()).isPositive();
  }

  /** The first number of the first such line is another one. */
  private static String withOther(String text, String what, DoubleUnaryOperator change) {
    int from = text.indexOf(what) + what.length();
    int to = text.indexOf(' ', from);
    double other = change.applyAsDouble(Double.parseDouble(text.substring(from, to)));
    return text.substring(0, from) + other + text.substring(to);
  }
}

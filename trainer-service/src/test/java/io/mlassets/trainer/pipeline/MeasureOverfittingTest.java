package io.mlassets.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.backtest.Overfitting;
import io.mlassets.backtest.SharpeEstimate;
import io.mlassets.decision.Thresholds;
import io.mlassets.trainer.theta.NestedThresholds;
import io.mlassets.trainer.theta.ThetaSurface;
import io.mlassets.trainer.theta.ThresholdChoice;
import io.mlassets.trainer.theta.ThresholdsFound;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against the papers' formulas written down once more with SciPy's moments and normal. */
@Tag("R-03")
class MeasureOverfittingTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final int BARS = 3_000;

  private final Overfitting wide = measured(4.5e-4);

  @Test
  void trials_of_models_and_thresholds_are_counted_together_and_worth_less_when_alike() {
    assertThat(wide.trials()).isEqualTo(760);
    assertThat(wide.effectiveTrials()).isCloseTo(304.6, CLOSE);
    assertThat(wide.sharpe()).isCloseTo(2.923022378792884, CLOSE);
    assertThat(wide.recordYears()).isEqualTo(2);
    assertThat(wide.minimumRecordYears()).isCloseTo(0.7940260890621424, CLOSE);
  }

  @Test
  void trials_spread_wider_than_luck_count_as_luck_would_spread_them_and_the_rest_is_told() {
    assertThat(wide.trialsDeviation()).isCloseTo(0.7072246617877143, CLOSE);
    assertThat(wide.rawTrialsDeviation()).isCloseTo(0.8215838362577491, CLOSE);
    assertThat(wide.expectedMaximum()).isCloseTo(2.0511520097060085, CLOSE);
    assertThat(wide.deflatedSharpe()).isCloseTo(0.8949526800739899, CLOSE);
    assertThat(wide.rawDeflatedSharpe()).isCloseTo(0.781281067354155, CLOSE);
  }

  @Test
  void trials_spread_less_than_luck_count_as_they_are() {
    Overfitting narrow = measured(2e-4);
    assertThat(narrow.trialsDeviation()).isCloseTo(0.5477225575051661, CLOSE);
    assertThat(narrow.rawTrialsDeviation()).isEqualTo(narrow.trialsDeviation());
    assertThat(narrow.deflatedSharpe()).isCloseTo(0.9724628866436819, CLOSE);
    assertThat(narrow.rawDeflatedSharpe()).isEqualTo(narrow.deflatedSharpe());
  }

  @Test
  void trials_of_earlier_runs_make_the_same_result_less_surprising() {
    Overfitting judged = wide.withEarlier(2_280, 1_500);
    assertThat(judged.trials()).isEqualTo(3_040);
    assertThat(judged.effectiveTrials()).isCloseTo(1_216.6, CLOSE);
    assertThat(judged.expectedMaximum()).isCloseTo(2.3412438285083734, CLOSE);
    assertThat(judged.deflatedSharpe()).isCloseTo(0.7985072200442591, CLOSE);
    assertThat(judged.rawDeflatedSharpe()).isCloseTo(0.6148921283337467, CLOSE);
    assertThat(judged.sharpe()).isEqualTo(wide.sharpe());
    assertThat(wide.withEarlier(0, 1_500)).isEqualTo(wide);
    assertThatThrownBy(() -> wide.withEarlier(-1, 1_500)).hasMessageContaining("-1");
  }

  @Test
  void thresholds_that_never_trade_have_no_ratio_with_earlier_trials_or_without() {
    Overfitting idle =
        new MeasureOverfitting(0.95, 1_500)
            .of(new double[BARS], new double[BARS], found(0), List.of(), 60);
    assertThat(idle.estimate()).isNull();
    assertThat(idle.minimumRecordYears()).isNull();
    assertThat(idle.withEarlier(100, 1_500).deflatedSharpe()).isNull();
  }

  @Test
  void the_moments_are_kept_for_the_gate() {
    SharpeEstimate estimate = wide.estimate();
    assertThat(estimate).isNotNull();
    assertThat(estimate.perBar()).isCloseTo(0.07547211329104285, CLOSE);
    assertThat(estimate.bars()).isEqualTo(BARS);
    assertThat(estimate.skewness()).isCloseTo(0.48277392321272394, CLOSE);
    assertThat(estimate.kurtosis()).isCloseTo(3.802104478487609, CLOSE);
  }

  private static Overfitting measured(double variance) {
    return new MeasureOverfitting(0.95, 1_500)
        .of(series(4e-5, 37), series(1e-5, 41), found(variance), List.of(1.0), 60);
  }

  private static ThresholdsFound found(double variance) {
    NestedThresholds nested =
        new NestedThresholds(
            List.of(), List.of(), new ThresholdChoice(new Thresholds(0.6, 0.3), true, 0.2));
    return new ThresholdsFound(nested, new ThetaSurface(List.of(), 0), 700, 0.6, variance, null);
  }

  private static double[] series(double drift, int step) {
    return IntStream.range(0, BARS)
        .mapToDouble(i -> drift + 1e-3 * ((i * step) % 101 - 50) / 29 + (i % 97 == 0 ? 4e-3 : 0))
        .toArray();
  }
}

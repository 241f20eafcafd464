package io.mlassets.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class InferenceFiguresTest {
  private static final Plan PLAN = Plan.of(false);

  private static InferenceFigures figures(
      BatchTimes batch, SingleTimes single, Mismatches bits, FeatureTimes features, double oracle) {
    SequencedMap<String, Mismatches> models = new LinkedHashMap<>();
    models.put("good", new Mismatches(1_000, 0, 0));
    models.put("other", bits);
    return new InferenceFigures(
        PLAN,
        batch,
        single,
        models,
        features,
        new OracleFigures(
            10_000_000, 200_000, 60, errors("beta", oracle), errors("pnl_std", 1e-3)));
  }

  private static BatchTimes batch(double ours, double lightGbm, double onnx, double off) {
    return new BatchTimes(
        ours, lightGbm, onnx, 2, 4, 0, off, JsonNodeFactory.instance.objectNode());
  }

  private static FeatureTimes features(double ours, double error) {
    return new FeatureTimes(
        ours, 200, 3_000, errors("z_score", error), JsonNodeFactory.instance.objectNode());
  }

  private static FeatureErrors errors(String name, double error) {
    FeatureErrors errors = new FeatureErrors(List.of("correlation", name));
    errors.add(name, error);
    return errors;
  }

  private static InferenceFigures good() {
    return figures(
        batch(1, 10, 4, 1e-6),
        new SingleTimes(2, 3, 4, 6),
        new Mismatches(1_000, 0, 0),
        features(1, 1e-9),
        1e-9);
  }

  @Test
  void each_bound_that_is_broken_is_named_with_its_figure() {
    assertThat(good().broken()).isEmpty();
    assertThat(
            figures(
                    batch(1, 9.99, 3.99, 2e-5),
                    new SingleTimes(2.1, 3, 4, 6),
                    new Mismatches(1_000, 3, 7),
                    features(1.1, 2e-9),
                    3e-9)
                .broken())
        .satisfiesExactly(
            line -> assertThat(line).contains("9.99 times", "LightGBM in Python", "10"),
            line -> assertThat(line).contains("3.99 times", "ONNX Runtime", "4"),
            line -> assertThat(line).contains("ONNX Runtime scores 2.0e-05 away"),
            line -> assertThat(line).contains("0.53 of the native call's", "0.50"),
            line -> assertThat(line).contains("3 rows"),
            line -> assertThat(line).contains("181.8 times", "pandas", "200"),
            line -> assertThat(line).contains("pandas: z_score is 2.0e-09 away"),
            line -> assertThat(line).contains("two passes: beta is 3.0e-09 away", "1e-09"));
  }

  @Test
  void too_few_bars_checked_are_named_and_a_figure_that_is_no_number_does_not_hold() {
    InferenceFigures made =
        new InferenceFigures(
            PLAN,
            batch(Double.NaN, 10, 4, 0),
            good().single(),
            good().bits(),
            good().features(),
            new OracleFigures(1, 199_999, 1, errors("beta", 0), errors("beta", 0)));
    assertThat(made.broken())
        .satisfiesExactly(
            line -> assertThat(line).contains("LightGBM in Python"),
            line -> assertThat(line).contains("ONNX Runtime"),
            line -> assertThat(line).contains("199999 of 200000 bars"));
  }

  @Test
  void the_report_has_the_names_of_the_design() {
    assertThat(good().fields())
        .containsEntry(
            "batch_us_per_row", Map.of("ours", 1.0, "lightgbm_python", 10.0, "onnxruntime", 4.0))
        .containsEntry(
            "single_us",
            Map.of("ours_p50", 2.0, "ours_p99", 3.0, "native_p50", 4.0, "native_p99", 6.0))
        .containsEntry("mismatches", Map.of("rows", 0L, "bits", 0L))
        .containsEntry("rows_compared", 2_000L)
        .containsEntry("feature_us", Map.of("ours", 1.0, "pandas", 200.0))
        .containsKeys("feature_oracle", "versions");
  }

  @Test
  void tables_set_each_peer_against_ours() {
    List<String> lines = good().tables().getFirst().text().lines().toList();
    assertThat(lines).anyMatch(l -> l.contains("LightGBM in Python") && l.contains("10.00"));
    assertThat(lines).anyMatch(l -> l.contains("ONNX Runtime") && l.contains("4.000"));
  }
}

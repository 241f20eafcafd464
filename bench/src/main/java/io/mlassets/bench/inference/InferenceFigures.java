package io.mlassets.bench.inference;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, ours beside theirs.
 *
 * @param plan how much
 * @param batch rows all at once
 * @param single rows one by one
 * @param bits scores compared, by model
 * @param features of bars
 * @param oracle features beside two-pass sums
 */
record InferenceFigures(
    Plan plan,
    BatchTimes batch,
    SingleTimes single,
    SequencedMap<String, Mismatches> bits,
    FeatureTimes features,
    OracleFigures oracle) {
  private static final double LEAST_OF_LIGHTGBM = 10;
  private static final double LEAST_OF_ONNX = 4;
  private static final double MOST_OF_NATIVE = 0.5;
  private static final double LEAST_OF_PANDAS = 200;

  /** Sums of single precision of some hundred leaves. */
  private static final double MOST_ONNX_DIFFERENCE = 1e-5;

  List<Table> tables() {
    Table rows =
        new Table(
                "%d rows x %d at once, one thread".formatted(Plan.BATCH, MadeRows.COLUMNS),
                "who",
                "us/row",
                "ratio")
            .row("ours, LightGBM model", batch.ours(), 1.0)
            .row(
                "LightGBM in Python", batch.lightGbmPython(), batch.lightGbmPython() / batch.ours())
            .row(
                "ONNX Runtime, single precision",
                batch.onnxRuntime(),
                batch.onnxRuntime() / batch.ours())
            .row("ours, XGBoost model", batch.oursXgBoost(), 1.0)
            .row("XGBoost", batch.nativeXgBoost(), batch.nativeXgBoost() / batch.oursXgBoost());
    Table one =
        new Table("%d rows one by one".formatted(plan.singleRows()), "who", "p50 us", "p99 us")
            .row("ours", single.oursP50(), single.oursP99())
            .row("LightGBM, call for single rows", single.nativeP50(), single.nativeP99());
    Table compared =
        new Table("Raw scores beside the engine's", "model", "rows", "rows that differ", "bits");
    bits.forEach((name, m) -> compared.row(name, m.compared(), m.rows(), m.bits()));
    Table bars =
        new Table("Features of a bar", "who", "us/bar", "ratio", "largest error")
            .row("ours", features.ours(), 1.0, "")
            .row(
                "pandas",
                features.pandas(),
                features.pandas() / features.ours(),
                text(features.errors().worst()));
    return List.of(rows, one, compared, bars, errors());
  }

  private Table errors() {
    Table table =
        new Table(
            "Features beside two-pass sums, %d of %d bars"
                .formatted(oracle.checked(), oracle.bars()),
            "feature",
            "largest error",
            "of ill-conditioned");
    oracle
        .errors()
        .largest()
        .forEach(
            (name, error) ->
                table.row(name, text(error), text(oracle.illConditioned().largest().get(name))));
    return table;
  }

  private static String text(@Nullable Double error) {
    return "%.1e".formatted(error);
  }

  SequencedMap<String, @Nullable Object> fields() {
    Mismatches all = mismatches();
    return Report.fields(
        "rows", Plan.BATCH,
        "columns", MadeRows.COLUMNS,
        "threads", 1,
        "batch_us_per_row",
            Report.fields(
                "ours", batch.ours(),
                "lightgbm_python", batch.lightGbmPython(),
                "onnxruntime", batch.onnxRuntime()),
        "batch_xgboost_us_per_row",
            Report.fields("ours", batch.oursXgBoost(), "xgboost", batch.nativeXgBoost()),
        "batch_largest_difference",
            Report.fields(
                "lightgbm_python", batch.lightGbmDifference(),
                "onnxruntime", batch.onnxDifference()),
        "single_us",
            Report.fields(
                "ours_p50", single.oursP50(),
                "ours_p99", single.oursP99(),
                "native_p50", single.nativeP50(),
                "native_p99", single.nativeP99()),
        "single_rows", plan.singleRows(),
        "mismatches", Report.fields("rows", all.rows(), "bits", all.bits()),
        "rows_compared", all.compared(),
        "feature_us", Report.fields("ours", features.ours(), "pandas", features.pandas()),
        "feature_pandas",
            Report.fields("bars", features.compared(), "largest_error", features.errors().worst()),
        "feature_oracle",
            Report.fields(
                "bars", oracle.bars(),
                "checked_bars", oracle.checked(),
                "checked_values", oracle.errors().values(),
                "seconds", oracle.seconds(),
                "largest_error", oracle.errors().worst(),
                "largest_error_of", oracle.errors().worstName(),
                "largest_errors", oracle.errors().largest(),
                "ill_conditioned_values", oracle.illConditioned().values(),
                "ill_conditioned_largest_error", oracle.illConditioned().worst()),
        "versions", List.of(batch.versions(), features.versions()));
  }

  private Mismatches mismatches() {
    return bits.values().stream().reduce(Mismatches.NONE, Mismatches::plus);
  }

  /** What is asked of them and does not hold. */
  List<String> broken() {
    return new Bounds()
        .atLeast(
            "a batch is scored %.2f times as fast as by LightGBM in Python, at least %.0f",
            batch.lightGbmPython() / batch.ours(), LEAST_OF_LIGHTGBM)
        .atLeast(
            "a batch is scored %.2f times as fast as by ONNX Runtime, at least %.0f",
            batch.onnxRuntime() / batch.ours(), LEAST_OF_ONNX)
        .atMost("LightGBM in Python scores %.1e away, at most %.0f", batch.lightGbmDifference(), 0)
        .atMost(
            "ONNX Runtime scores %.1e away, at most %.0e",
            batch.onnxDifference(), MOST_ONNX_DIFFERENCE)
        .atMost(
            "the median of a single row is %.2f of the native call's, at most %.2f",
            single.oursP50() / single.nativeP50(), MOST_OF_NATIVE)
        .none(mismatches().rows(), "rows score otherwise than in the engine that trained the model")
        .atLeast(
            "features are made %.1f times as fast as with pandas, at least %.0f",
            features.pandas() / features.ours(), LEAST_OF_PANDAS)
        .with("features with pandas: ", features.errors().above(OracleRun.ALLOWED))
        .all(oracle.checked(), plan.leastChecked(), "bars checked by two passes")
        .with("features by two passes: ", oracle.errors().above(OracleRun.ALLOWED))
        .broken();
  }
}

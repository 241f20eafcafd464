package io.mlassets.bench.inference;

import io.mlassets.bench.Peers;
import io.mlassets.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * Rows scored all at once, microseconds a row on one thread.
 *
 * @param ours the LightGBM model
 * @param lightGbmPython the same in LightGBM's Python package
 * @param onnxRuntime the same trees in single precision
 * @param oursXgBoost an XGBoost model
 * @param nativeXgBoost the same in XGBoost's library, called from Java in place
 * @param lightGbmDifference largest, of Python's raw scores from ours
 * @param onnxDifference largest, of ONNX Runtime's
 * @param versions of what was measured in Python
 */
record BatchTimes(
    double ours,
    double lightGbmPython,
    double onnxRuntime,
    double oursXgBoost,
    double nativeXgBoost,
    double lightGbmDifference,
    double onnxDifference,
    JsonNode versions) {

  static BatchTimes measured(
      Plan plan, TrainedModel lightGbm, TrainedModel xgboost, Peers peers, Path directory)
      throws Exception {
    double[] rows = MadeRows.MARKET.rows(Plan.BATCH, 7).rowMajor();
    double ours = micros(plan, () -> lightGbm.trees().rawAll(rows)[0]);
    Path out = directory.resolve("inference-scores.bin");
    JsonNode said =
        peers.python(
            "inference.py",
            write(directory.resolve("inference-model.txt"), lightGbm.text()),
            write(directory.resolve("inference-rows.bin"), rows),
            Plan.BATCH,
            MadeRows.COLUMNS,
            plan.repeats(),
            out);
    double[] theirs = DoubleFile.read(out, 2 * Plan.BATCH);
    double[] scores = lightGbm.trees().rawAll(rows);
    return new BatchTimes(
        ours,
        said.path("lightgbm").asDouble(),
        said.path("onnxruntime").asDouble(),
        micros(plan, () -> xgboost.trees().rawAll(rows)[0]),
        nativeXgBoost(plan, xgboost, rows),
        difference(scores, Arrays.copyOf(theirs, Plan.BATCH)),
        difference(scores, Arrays.copyOfRange(theirs, Plan.BATCH, 2 * Plan.BATCH)),
        said.path("versions"));
  }

  private static double micros(Plan plan, Clocked.Work work) {
    return Report.median(Clocked.nanos(plan.warmUpSeconds(), plan.repeats(), work))
        / 1e3
        / Plan.BATCH;
  }

  private static double nativeXgBoost(Plan plan, TrainedModel model, double[] rows) {
    float[] singles = NativeXgBoost.singles(rows);
    try (NativeXgBoost theirs = NativeXgBoost.of(model.text(), MadeRows.COLUMNS)) {
      return micros(plan, () -> theirs.raw(singles)[0][0]);
    }
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  private static Path write(Path file, double[] values) throws IOException {
    DoubleFile.write(file, values);
    return file;
  }

  private static double difference(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}

package io.mlassets.bench.metrics;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Peers;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import io.mlassets.model.ClassificationMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** AUC, Brier score, log loss and calibration errors of made-up scores, beside scikit-learn's. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = "Largest differences of our metrics from scikit-learn's.")
public final class MetricsBench extends Benchmark {
  private static final double ALLOWED = 1e-12;

  @Override
  protected Report measure(boolean quick) throws Exception {
    int vectors = quick ? 20 : 200;
    Map<String, Double> largest = new TreeMap<>();
    Path file = directory().resolve("metrics.json");
    double[][][] made = new double[vectors][][];
    for (int i = 0; i < vectors; i++) {
      made[i] = made(i);
    }
    Files.writeString(file, JsonMapper.shared().writeValueAsString(made));
    JsonNode theirs = new Peers(directory()).python("metrics.py", file).path("metrics");
    for (int i = 0; i < vectors; i++) {
      ClassificationMetrics ours = ClassificationMetrics.of(made[i][0], made[i][1]);
      JsonNode peer = theirs.path(i);
      Map.of(
              "auc", ours.auc(),
              "brier", ours.brier(),
              "log_loss", ours.logLoss(),
              "ece", ours.ece(),
              "ece_mass", ours.eceMass())
          .forEach(
              (name, value) ->
                  largest.merge(name, Math.abs(value - peer.path(name).asDouble()), Math::max));
    }
    Table table =
        new Table("Largest difference over %d vectors".formatted(vectors), "metric", "difference");
    largest.forEach((name, difference) -> table.row(name, "%.1e".formatted(difference)));
    largest.forEach(
        (name, difference) -> {
          if (!(difference <= ALLOWED)) {
            throw new IllegalStateException(
                "%s differs from scikit-learn's by %s".formatted(name, difference));
          }
        });
    return new Report(
        List.of(table), Report.fields("vectors", vectors, "largest_difference", largest));
  }

  /** Probabilities and labels: few or many rows, ties in every third, badly calibrated. */
  private static double[][] made(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 20 + random.nextInt(3_000);
    double[][] made = new double[2][rows];
    for (int i = 0; i < rows; i++) {
      double p = 0.001 + 0.998 * random.nextDouble();
      made[0][i] = seed % 3 == 0 ? Math.rint(p * 20 + 0.5) / 22 : p;
      made[1][i] = i < 2 ? i : random.nextDouble() < 0.2 + 0.5 * p ? 1 : 0;
    }
    return made;
  }
}

package io.mlassets.bench.inference;

import io.mlassets.model.EngineId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The thresholds of a model's text, column by column; none for a column it never asks for. */
record ModelNumbers(List<double[]> thresholds) {

  static ModelNumbers of(EngineId engine, String text, int columns) {
    List<List<Double>> found = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      found.add(new ArrayList<>());
    }
    switch (engine) {
      case LIGHTGBM -> lightGbm(text, found);
      case XGBOOST -> xgboost(text, found);
    }
    return new ModelNumbers(
        found.stream()
            .map(column -> column.stream().mapToDouble(Double::doubleValue).distinct().toArray())
            .toList());
  }

  /** Of a categorical split it is the number of its set, which is a category as good as any. */
  private static void lightGbm(String text, List<List<Double>> found) {
    double[] features = new double[0];
    for (String line : text.lines().toList()) {
      if (line.startsWith("split_feature=")) {
        features = numbers(line);
      } else if (line.startsWith("threshold=")) {
        double[] thresholds = numbers(line);
        for (int i = 0; i < thresholds.length; i++) {
          found.get((int) features[i]).add(thresholds[i]);
        }
      }
    }
  }

  private static double[] numbers(String line) {
    String list = line.substring(line.indexOf('=') + 1).strip();
    return list.isEmpty()
        ? new double[0]
        : Arrays.stream(list.split(" ", -1)).mapToDouble(ModelNumbers::number).toArray();
  }

  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static void xgboost(String text, List<List<Double>> found) {
    JsonNode trees = JsonMapper.shared().readTree(text).at("/learner/gradient_booster/model/trees");
    for (JsonNode tree : trees) {
      JsonNode left = tree.path("left_children");
      for (int node = 0; node < left.size(); node++) {
        if (left.path(node).asInt() != -1) {
          found
              .get(tree.path("split_indices").path(node).asInt())
              .add((double) (float) tree.path("split_conditions").path(node).asDouble());
        }
      }
    }
  }
}

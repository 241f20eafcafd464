package io.mlassets.trainer.importance;

import io.mlassets.model.EngineId;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gain importance, read from the engines' own text of a model. */
public final class Gain {
  private static final String FEATURES = "split_feature=";
  private static final String GAINS = "split_gain=";

  private Gain() {}

  /**
   * Share of the whole gain per column; all 0 for trees without a split.
   *
   * @param text the model as {@code engine} writes it
   */
  public static double[] shares(EngineId engine, String text, int columns) {
    double[] sums = new double[columns];
    switch (engine) {
      case LIGHTGBM -> addLightGbm(text, sums);
      case XGBOOST -> addXgBoost(text, sums);
    }
    double total = Arrays.stream(sums).sum();
    return total > 0 ? Arrays.stream(sums).map(sum -> sum / total).toArray() : sums;
  }

  /** A tree's line of features comes before its line of gains. */
  private static void addLightGbm(String text, double[] sums) {
    String[] features = {};
    for (String line : text.lines().toList()) {
      if (line.startsWith(FEATURES)) {
        features = line.substring(FEATURES.length()).trim().split(" ");
      } else if (line.startsWith(GAINS)) {
        String[] gains = line.substring(GAINS.length()).trim().split(" ");
        for (int i = 0; i < gains.length && !gains[i].isEmpty(); i++) {
          sums[Integer.parseInt(features[i])] += Double.parseDouble(gains[i]);
        }
      }
    }
  }

  private static void addXgBoost(String text, double[] sums) {
    JsonNode trees = JsonMapper.shared().readTree(text).at("/learner/gradient_booster/model/trees");
    for (JsonNode tree : trees) {
      JsonNode children = tree.path("left_children");
      for (int node = 0; node < children.size(); node++) {
        // A leaf has no children.
        if (children.get(node).asInt() >= 0) {
          sums[tree.path("split_indices").get(node).asInt()] +=
              tree.path("loss_changes").get(node).asDouble();
        }
      }
    }
  }
}

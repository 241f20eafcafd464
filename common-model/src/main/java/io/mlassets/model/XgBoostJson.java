package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads XGBoost's JSON form (major versions 2 and 3, before base_score became a list) into a table.
 */
final class XgBoostJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .build();

  private XgBoostJson() {}

  record Parsed(Objective objective, TreeTable table) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Model(@JsonProperty("learner") Learner learner) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Learner(
      @JsonProperty("gradient_booster") Booster booster,
      @JsonProperty("learner_model_param") Param param,
      @JsonProperty("objective") Named objective) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Param(
      @JsonProperty("base_score") String baseScore,
      @JsonProperty("num_class") String classes,
      @JsonProperty("num_feature") String features,
      @JsonProperty("num_target") String targets) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Named(@JsonProperty("name") String name) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Booster(@JsonProperty("name") String name, @JsonProperty("model") @Nullable Trees model) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Trees(
      @JsonProperty("gbtree_model_param") TreesParam param,
      @JsonProperty("trees") List<XgBoostTree.Form> trees) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record TreesParam(@JsonProperty("num_trees") String trees) {}

  static Parsed parse(String json) {
    Learner learner = learner(json);
    Trees model = learner.booster().model();
    if (model == null || !learner.booster().name().equals("gbtree")) {
      throw new InvalidModelException(
          "XGBoost model: booster '%s' is not gbtree".formatted(learner.booster().name()));
    }
    requireShape(learner.param(), model);
    TreeTableBuilder table = new TreeTableBuilder(whole("num_feature", learner.param().features()));
    for (int i = 0; i < model.trees().size(); i++) {
      table.add(XgBoostTree.of(i, model.trees().get(i)));
    }
    Objective objective = objective(learner.objective().name());
    float margin = margin(objective, learner.param().baseScore());
    return new Parsed(objective, table.build(new LeafSum(margin, true)));
  }

  private static Learner learner(String json) {
    try {
      Model model = JSON.readValue(json, Model.class);
      if (model != null) {
        return model.learner();
      }
    } catch (JacksonException e) {
      throw new InvalidModelException("XGBoost model: " + e.getOriginalMessage(), e);
    }
    throw new InvalidModelException("XGBoost model is null");
  }

  private static void requireShape(Param param, Trees model) {
    int classes = whole("num_class", param.classes());
    int targets = whole("num_target", param.targets());
    int trees = whole("num_trees", model.param().trees());
    if (classes > 1 || targets > 1) {
      throw new InvalidModelException(
          "XGBoost model: %d classes and %d targets, one is known".formatted(classes, targets));
    }
    if (trees != model.trees().size()) {
      throw new InvalidModelException(
          "XGBoost model: names %d trees and has %d".formatted(trees, model.trees().size()));
    }
  }

  private static Objective objective(String name) {
    return switch (name) {
      case "binary:logistic" -> Objective.BINARY;
      case "reg:squarederror" -> Objective.REGRESSION;
      default ->
          throw new InvalidModelException(
              "XGBoost model: objective '%s' is not known".formatted(name));
    };
  }

  /**
   * What the float sum starts with. The engine takes the log odds with its platform's {@code logf},
   * whose last bit is not the same everywhere; our trainer sets only scores at which it is.
   */
  private static float margin(Objective objective, String baseScore) {
    float score = real("base_score", baseScore);
    if (objective == Objective.REGRESSION) {
      return score;
    }
    if (!(score > 0 && score < 1)) {
      throw new InvalidModelException(
          "XGBoost model: base_score %s is not in (0, 1)".formatted(score));
    }
    return (float) -StrictMath.log(1.0f / score - 1.0f);
  }

  private static float real(String key, String text) {
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new InvalidModelException("XGBoost model: %s '%s'".formatted(key, text), e);
    }
    throw new InvalidModelException("XGBoost model: %s '%s' is not finite".formatted(key, text));
  }

  private static int whole(String key, String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new InvalidModelException("XGBoost model: %s '%s' is not a count".formatted(key, text));
    }
    return Integer.parseInt(text);
  }
}

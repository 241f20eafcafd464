package io.mlassets.bench.damage;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** XGBoost's JSON. */
final class XgBoostDamage implements ModelText {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MILLIONS = 3_000_000;
  private final Case of;
  private final ObjectNode root;

  /** The tree damaged, and one of its nodes that is no leaf. */
  private final ObjectNode tree;

  private final int node;

  XgBoostDamage(String text, Case of) {
    this.of = of;
    this.root = (ObjectNode) JSON.readTree(text);
    List<JsonNode> trees =
        StreamSupport.stream(trees().spliterator(), false)
            .filter(one -> one.required("left_children").size() > 4)
            .toList();
    this.tree = (ObjectNode) of.one(trees);
    ArrayNode left = array("left_children");
    this.node =
        of.one(
            IntStream.range(0, left.size())
                .filter(i -> left.get(i).intValue() != -1)
                .boxed()
                .toList());
  }

  private ObjectNode learner() {
    return (ObjectNode) root.required("learner");
  }

  private ObjectNode param() {
    return (ObjectNode) learner().required("learner_model_param");
  }

  private ObjectNode booster() {
    return (ObjectNode) learner().required("gradient_booster");
  }

  private ObjectNode model() {
    return (ObjectNode) booster().required("model");
  }

  private ArrayNode trees() {
    return (ArrayNode) model().required("trees");
  }

  private ArrayNode array(String key) {
    return (ArrayNode) tree.required(key);
  }

  private String text() {
    return JSON.writeValueAsString(root);
  }

  private String set(String key, int index, int value) {
    array(key).set(index, JSON.getNodeFactory().numberNode(value));
    return text();
  }

  @Override
  public String cycle() {
    int other = array("right_children").get(node).intValue();
    return set("left_children", node, of.one(0, node, other));
  }

  @Override
  public String child() {
    int nodes = array("left_children").size();
    return of.chance()
        ? set("left_children", node, of.one(nodes + of.below(1_000), -2, 2147483647, -2147483648))
        : set("right_children", node, of.one(nodes + of.below(1_000), -1, -2, 2147483647));
  }

  @Override
  public String column() {
    return set("split_indices", node, of.one(100_000 + of.below(1_000), -1, 2147483647));
  }

  @Override
  public String category() {
    set("split_type", node, 1);
    tree.set("categories", JSON.createArrayNode().add(of.one(5, 1_024, 1 << 24, -1, 2147483647)));
    tree.set("categories_nodes", JSON.createArrayNode().add(node));
    tree.set("categories_segments", JSON.createArrayNode().add(0));
    tree.set("categories_sizes", JSON.createArrayNode().add(1));
    switch (of.below(6)) {
      case 0 -> tree.set("categories_nodes", JSON.createArrayNode().add(of.one(100_000, -1)));
      case 1 -> tree.set("categories_segments", JSON.createArrayNode().add(of.one(2, -1, 1 << 30)));
      case 2 -> tree.set("categories_sizes", JSON.createArrayNode().add(of.one(2, -1, 2147483647)));
      case 3 -> tree.set("categories_nodes", JSON.createArrayNode());
      case 4 -> set("split_type", node, of.one(2, -1));
      default -> {
        // Its column has no such category.
      }
    }
    return text();
  }

  @Override
  public String number() {
    ArrayNode conditions = array("split_conditions");
    if (of.below(4) == 0) {
      conditions.set(node, JSON.getNodeFactory().stringNode("NaN"));
      return text();
    }
    if (of.below(3) == 0) {
      param().put("base_score", of.one("nan", "inf", "x", "-1e39"));
      return text();
    }
    ArrayNode left = array("left_children");
    int leaf =
        of.one(
            IntStream.range(0, left.size())
                .filter(i -> left.get(i).intValue() == -1)
                .boxed()
                .toList());
    conditions.set(leaf, JSON.getNodeFactory().numberNode(of.one(1e39, -1e300)));
    return text();
  }

  @Override
  public String count() {
    switch (of.below(4)) {
      case 0 ->
          array(of.one("right_children", "split_indices", "split_conditions", "default_left"))
              .remove(0);
      case 1 -> array("left_children").add(-1);
      case 2 -> trees().remove(of.below(trees().size()));
      default ->
          ((ObjectNode) model().required("gbtree_model_param"))
              .put("num_trees", of.one("0", "999999999", "x"));
    }
    return text();
  }

  @Override
  public String missing() {
    switch (of.below(4)) {
      case 0 ->
          tree.remove(
              of.one(
                  "left_children",
                  "right_children",
                  "split_indices",
                  "split_conditions",
                  "default_left",
                  "split_type",
                  "categories",
                  "categories_nodes"));
      case 1 -> learner().remove(of.one("gradient_booster", "learner_model_param", "objective"));
      case 2 -> param().remove(of.one("base_score", "num_class", "num_feature", "num_target"));
      default -> {
        return of.one("null", "{}", "[]", "", "{\"learner\":null}");
      }
    }
    return text();
  }

  @Override
  public String twice() {
    String key = of.one("left_children", "right_children", "split_conditions", "split_indices");
    return text().replaceFirst("\"" + key + "\":", "\"" + key + "\":[0],\"" + key + "\":");
  }

  @Override
  public String header() {
    switch (of.below(5)) {
      case 0 ->
          ((ObjectNode) learner().required("objective"))
              .put("name", of.one("rank:ndcg", "", "binary"));
      case 1 -> booster().put("name", of.one("dart", "gblinear", ""));
      case 2 -> param().put("num_class", of.one("3", "x", "-1"));
      case 3 -> param().put("num_target", of.one("2", "x"));
      default -> param().put("num_feature", of.one("0", "1", "100001", "999999999999"));
    }
    return text();
  }

  @Override
  public String cut() {
    String text = text();
    return text.substring(0, of.below(text.length()));
  }

  @Override
  public String type() {
    String key = of.one("left_children", "split_indices", "split_conditions", "split_type");
    switch (of.below(4)) {
      case 0 -> array(key).set(node, JSON.getNodeFactory().stringNode("x"));
      case 1 -> array(key).set(node, JSON.createObjectNode());
      case 2 -> tree.set(key, JSON.getNodeFactory().numberNode(1));
      default -> array(of.one("left_children", "split_indices")).set(node, 1.5);
    }
    return text();
  }

  @Override
  public String huge() {
    String text = text();
    return switch (of.below(4)) {
      case 0 ->
          text.replaceFirst(
              "\"" + of.one("left_children", "split_conditions") + "\":\\[",
              "$0" + "0,".repeat(MILLIONS));
      case 1 ->
          "{\"deep\":" + "[".repeat(MILLIONS) + "]".repeat(MILLIONS) + "," + text.substring(1);
      case 2 -> "[".repeat(MILLIONS);
      default -> {
        int count = MILLIONS / 10;
        String zeros = "0" + ",0".repeat(count - 1);
        tree.set("split_type", JSON.createArrayNode());
        yield text()
            .replaceFirst("\"split_type\":\\[]", "\"split_type\":[" + zeros + "]")
            .replaceFirst("\"categories\":\\[]", "\"categories\":[16777215]")
            .replaceFirst("\"categories_nodes\":\\[]", "\"categories_nodes\":[" + zeros + "]")
            .replaceFirst("\"categories_segments\":\\[]", "\"categories_segments\":[" + zeros + "]")
            .replaceFirst(
                "\"categories_sizes\":\\[]",
                "\"categories_sizes\":[" + zeros.replace('0', '1') + "]");
      }
    };
  }
}

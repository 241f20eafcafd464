package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms themselves; equality with the native engines is shown where the engines are. */
@Tag("T-07")
class TreeEnsembleTest {
  private static final String TEXT = SampleBundles.lightGbm("binary sigmoid:1");
  private static final String JSON = SampleBundles.xgboost("binary:logistic");

  @Test
  void lightgbm_trees_go_left_up_to_the_threshold_and_take_nan_for_zero() {
    TreeEnsemble trees = TreeEnsemble.lightGbm(TEXT);
    assertThat(trees.raw(new double[] {0.25})).isEqualTo(-0.5);
    assertThat(trees.raw(new double[] {Math.nextUp(0.25)})).isEqualTo(0.5);
    assertThat(trees.raw(new double[] {2})).isEqualTo(0.75);
    assertThat(trees.raw(new double[] {Double.NaN})).isEqualTo(-0.5);
    assertThat(trees.raw(new double[] {Double.POSITIVE_INFINITY})).isEqualTo(0.75);
  }

  @ParameterizedTest
  @CsvSource({
    "10, NaN, -0.5",
    "8, NaN, 0.5",
    "6, 0, -0.5",
    "4, 0, 0.5",
    "6, NaN, -0.5",
    "4, 1e-36, 0.5"
  })
  void lightgbm_missing_values_take_the_way_the_node_says(
      int decision, double value, double expected) {
    String text =
        TEXT.replaceFirst("decision_type=2", "decision_type=" + decision)
            .replaceFirst("threshold=0.25", "threshold=-1");
    assertThat(TreeEnsemble.lightGbm(text).raw(new double[] {value})).isEqualTo(expected);
  }

  @Test
  void xgboost_trees_go_left_below_the_threshold_and_compare_floats() {
    TreeEnsemble trees = TreeEnsemble.xgboost(JSON);
    assertThat(trees.raw(new double[] {0.5})).isEqualTo(0.5);
    assertThat(trees.raw(new double[] {Math.nextDown(0.5)})).isEqualTo(0.5);
    assertThat(trees.raw(new double[] {Math.nextDown(0.5f)})).isEqualTo(-0.75);
    assertThat(trees.raw(new double[] {Double.NaN})).isEqualTo(-0.75);
  }

  @Test
  void xgboost_base_scores_start_the_sum_as_log_odds_or_as_they_are() {
    String odds = JSON.replace("5E-1", "7.5E-1");
    float margin = (float) -Math.log(1 / 0.75f - 1);
    assertThat(TreeEnsemble.xgboost(odds).raw(new double[] {1})).isEqualTo(margin + 0.5f);
    String plain = SampleBundles.xgboost("reg:squarederror").replace("5E-1", "7.5E-1");
    assertThat(TreeEnsemble.xgboost(plain).raw(new double[] {1})).isEqualTo(1.25);
  }

  @Test
  void a_float_in_json_is_read_as_that_float_not_by_way_of_a_double() {
    // Just above the middle of 1 and the next float: a double rounds it to the middle, which
    // then rounds to 1.
    String nearMiddle = "1.000000059604644775390626";
    String text =
        JSON.replace(
            "\"split_conditions\":[0.5,-0.75,0.5]",
            "\"split_conditions\":[0.5,-0.75," + nearMiddle + "]");
    assertThat(TreeEnsemble.xgboost(text).raw(new double[] {1})).isEqualTo(Math.nextUp(1f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "left_child=-1 | left_child=0 | node 0 is reached twice",
        "right_child=-2 | right_child=-3 | leaf 2 is not below 2",
        "right_child=-2 | right_child=-1 | leaf 0 is reached twice",
        "right_child=-2 | right_child=7 | node 7 is not below 1",
        "split_feature=0 | split_feature=1 | column 1",
        "split_feature=0 | split_feature=-1 | column -1",
        "threshold=0.25 | threshold=nan | nan",
        "leaf_value=-0.5 0.5 | leaf_value=-0.5 | num_leaves",
        "leaf_value=-0.5 0.5 | leaf_value=-0.5 inf | leaf 1 is Infinity",
        "leaf_value=-0.5 0.5 | leaf_value=-0.5 x | x",
        "decision_type=2 | decision_type=99 | 99",
        "decision_type=2 | decision_type=1 | set 0.25",
        "is_linear=0 | is_linear=1 | linear",
        "end of trees | | end of trees",
        "Tree=1 | Tree=2 | tree 2 stands",
        "tree_sizes=100 100 | tree_sizes=100 100 100 | names 3 trees",
        "num_class=1 | num_class=3 | class",
        "objective=binary sigmoid:1 | objective=poisson | poisson",
        "version=v4 | version=v9 | v9",
        "max_feature_idx=0 | max_feature_idx=-1 | max_feature_idx",
      })
  void lightgbm_damage_is_refused_and_named(String part, String damage, String says) {
    String text = TEXT.replaceFirst(part, damage == null ? "" : damage);
    assertThat(text).isNotEqualTo(TEXT);
    assertThatThrownBy(() -> TreeEnsemble.lightGbm(text))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"left_children\":[1,-1,-1] | \"left_children\":[0,-1,-1] | twice",
        "\"left_children\":[1,-1,-1] | \"left_children\":[9,-1,-1] | child 9",
        "\"left_children\":[1,-1,-1] | \"left_children\":[1,-1] | entries",
        "\"right_children\":[2,-1,-1] | \"right_children\":[-7,-1,-1] | child -7",
        "\"split_indices\":[0,0,0] | \"split_indices\":[4,0,0] | column 4",
        "\"split_type\":[0,0,0] | \"split_type\":[1,0,0] | no categories",
        "\"split_type\":[0,0,0] | \"split_type\":[5,0,0] | type 5",
        "\"num_trees\":\"1\" | \"num_trees\":\"2\" | names 2 trees",
        "\"num_class\":\"0\" | \"num_class\":\"3\" | classes",
        "binary:logistic | rank:ndcg | rank:ndcg",
        "gbtree\" | dart\" | dart",
        "5E-1 | 1E0 | base_score",
        "5E-1 | nan | base_score",
        "-0.75,0.5] | -0.75,1e999] | Infinity",
        "\"left_children\":[1,-1,-1] | \"left_children\":[1.5,-1,-1] | 1.5",
        "\"left_children\":[1,-1,-1] | \"left_children\":[1,-1,null] | null",
        "\"left_children\":[1,-1,-1] | \"id\":1,\"left_children\":[1,-1,-1] | uplicate",
        "\"categories_nodes\":[] | \"categories_nodes\":[3] | starts",
      })
  void xgboost_damage_is_refused_and_named(String part, String damage, String says) {
    String json =
        part.startsWith("-0.75")
            ? JSON.replace("[0.5," + part, "[0.5," + damage)
            : part.startsWith("gbtree")
                ? JSON.replace("\"name\":\"" + part, "\"name\":\"" + damage)
                : JSON.replace(part, damage);
    assertThat(json).isNotEqualTo(JSON);
    assertThatThrownBy(() -> TreeEnsemble.xgboost(json))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "", "[]", "{}", "{\"learner\":null}", "[[[["})
  void json_that_is_no_model_is_refused(String json) {
    assertThatThrownBy(() -> TreeEnsemble.xgboost(json)).isInstanceOf(InvalidModelException.class);
  }

  @Test
  void a_tree_that_is_null_is_refused() {
    String json = JSON.replaceFirst("\"trees\":\\[[^$]*?}]}", "\"trees\":[null]}");
    assertThat(json).contains("[null]");
    assertThatThrownBy(() -> TreeEnsemble.xgboost(json)).isInstanceOf(InvalidModelException.class);
  }

  /** A set takes as much memory as its largest member says, in as few bytes as write a number. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1024] | [0] | [0] | [1] | category 1024 is not in [0, 1024)",
        "[16777215] | [0] | [0] | [1] | category 16777215",
        "[1] | [7] | [0] | [1] | set 0 is of node 7",
        "[1] | [0] | [1] | [1] | set 0 is [1, 2) of 1",
        "[1] | [0,0] | [0,0] | [1,1] | node 0 has two sets",
      })
  void xgboost_sets_that_are_not_there_are_refused(
      String categories, String nodes, String starts, String sizes, String says) {
    String json =
        JSON.replace("\"categories\":[]", "\"categories\":" + categories)
            .replace("\"categories_nodes\":[]", "\"categories_nodes\":" + nodes)
            .replace("\"categories_segments\":[]", "\"categories_segments\":" + starts)
            .replace("\"categories_sizes\":[]", "\"categories_sizes\":" + sizes)
            .replace("\"split_type\":[0,0,0]", "\"split_type\":[1,0,0]");
    assertThatThrownBy(() -> TreeEnsemble.xgboost(json))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 1 | 1 1 | sets have 1 words, found 2",
        "0 2 | 1 | sets have 2 words, found 1",
        "1 2 | 1 1 | cat_boundaries: 1 after 0",
        "0 2 0 2 | 1 1 | cat_boundaries: 0 after 2",
        "0 33 | 1 | cat_boundaries: 33 after 0",
      })
  void lightgbm_sets_that_are_not_one_behind_the_other_are_refused(
      String bounds, String words, String says) {
    String text =
        TEXT.replaceFirst(
            "num_cat=0",
            "num_cat=%d\ncat_boundaries=%s\ncat_threshold=%s"
                .formatted(bounds.split(" ", -1).length - 1, bounds, words));
    assertThatThrownBy(() -> TreeEnsemble.lightGbm(text))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(says);
  }

  @Test
  void leaves_that_sum_up_to_no_finite_score_are_refused() {
    String text =
        TEXT.replace("leaf_value=-0.5 0.5", "leaf_value=-0.5 1e308")
            .replace("leaf_value=0 0.25", "leaf_value=-9e307 0.25");
    assertThatThrownBy(() -> TreeEnsemble.lightGbm(text))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("sum up to Infinity");
    assertThatCode(() -> TreeEnsemble.lightGbm(text.replace("-9e307", "-7e307")))
        .doesNotThrowAnyException();
    String json =
        SampleBundles.xgboost("reg:squarederror")
            .replace("5E-1", "3E38")
            .replace("[0.5,-0.75,0.5]", "[0.5,-0.75,3e38]");
    assertThatThrownBy(() -> TreeEnsemble.xgboost(json))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("sum up to");
  }

  @Test
  void a_header_of_ever_more_lines_is_not_collected() {
    String lines = IntStream.range(0, 1_001).mapToObj(i -> i + "=\n").collect(Collectors.joining());
    assertThatThrownBy(() -> TreeEnsemble.lightGbm("tree\n" + lines + TEXT))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("more than 1000 lines");
  }

  @ParameterizedTest
  @EnumSource(EngineId.class)
  void random_damage_is_refused_or_still_a_model_but_never_another_exception(EngineId engine) {
    byte[] bytes = (engine == EngineId.LIGHTGBM ? TEXT : JSON).getBytes();
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = bytes.clone();
      for (int n = 0; n <= random.nextInt(3); n++) {
        damaged[random.nextInt(bytes.length)] = (byte) random.nextInt(32, 127);
      }
      String text =
          new String(damaged, 0, i % 5 == 0 ? random.nextInt(bytes.length) : bytes.length);
      try {
        TreeEnsemble trees = TreeEnsemble.of(engine, text);
        assertThatCode(() -> trees.raw(new double[trees.columns()])).doesNotThrowAnyException();
      } catch (InvalidModelException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_500);
  }
}

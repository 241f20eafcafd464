package io.mlassets.validator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.validator.RunningValidator;
import io.mlassets.validator.RunningValidator.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("V-01")
class SchemaDiffServiceTest {
  private static final List<String> OURS = FeatureSchema.current().names();
  private static RunningValidator validator;

  @BeforeAll
  static void start() {
    validator = new RunningValidator();
  }

  @AfterAll
  static void stop() {
    validator.close();
  }

  @BeforeEach
  void clear() {
    validator.clear();
  }

  private static Answer diff(String body) {
    return validator.post(TestServers.OPERATOR, "/api/v1/schema/diff", body);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asString()));
    return texts;
  }

  @Test
  void by_default_the_active_models_schema_is_compared_with_the_newest_registered_one() {
    validator.model("20260101_0300", "archived");
    validator.model("20260201_0300", "active");
    validator.schema("old", List.of("something", "else"), null);
    List<String> newest = new ArrayList<>(OURS);
    newest.remove("liquidity_score");
    newest.add("news_sentiment");
    validator.schema("new", newest, null);
    JsonNode report = diff("").body();
    assertThat(report.get("model_version").asString()).isEqualTo("20260201_0300");
    assertThat(report.get("model_hash").asString()).isEqualTo(FeatureSchema.current().hash());
    assertThat(report.get("newest_hash").asString()).isEqualTo("new");
    assertThat(report.get("compatible").asBoolean()).isFalse();
    assertThat(texts(report.get("diff").get("added"))).containsExactly("news_sentiment");
    assertThat(texts(report.get("diff").get("removed"))).containsExactly("liquidity_score");
    // What was answered is what was stored.
    String stored =
        validator
            .owner
            .sql(
                """
                select model_version || ' ' || newest_hash || ' ' || compatible || ' '
                  || (diff ->> 'added') from core.schema_diffs where id = ?
                """)
            .param(report.get("id").asLong())
            .query(String.class)
            .single();
    assertThat(stored).isEqualTo("20260201_0300 new false [\"news_sentiment\"]");
  }

  @Test
  void a_model_on_its_own_schema_is_compatible() {
    validator.model("20260201_0300", "active");
    validator.schema(FeatureSchema.current().hash(), OURS, null);
    JsonNode report = diff("{}").body();
    assertThat(report.get("compatible").asBoolean()).isTrue();
    assertThat(report.get("diff").get("added").size()).isZero();
  }

  @Test
  void without_an_active_model_the_watched_candidate_is_compared() {
    validator.model("20260201_0300", "rejected");
    validator.schema(FeatureSchema.current().hash(), OURS, null);
    assertThat(diff("{}").body().get("model_version").asString()).isEqualTo("20260201_0300");
  }

  @Test
  void kinds_registered_by_the_pipeline_show_a_type_change() {
    validator.model("20260201_0300", "active");
    List<String> kinds = new ArrayList<>(Collections.nCopies(OURS.size(), "numeric"));
    validator.schema("kinds", OURS, kinds);
    JsonNode changed = diff("{\"schema_hash\":\"kinds\"}").body().get("diff").get("type_changed");
    assertThat(changed.size()).isEqualTo(1);
    assertThat(changed.get(0).get("name").asString()).isEqualTo("pair_class");
    assertThat(changed.get(0).get("to").asString()).isEqualTo("numeric");
  }

  @Test
  void names_in_the_body_are_compared_with_a_named_version() {
    validator.model("20260101_0300", "archived");
    List<String> names = new ArrayList<>(OURS);
    Collections.swap(names, 0, 1);
    String body =
        "{\"model_version\":\"20260101_0300\",\"names\":[\"%s\"]}"
            .formatted(String.join("\",\"", names));
    JsonNode report = diff(body).body();
    assertThat(report.get("compatible").asBoolean()).isFalse();
    assertThat(report.get("readable_by_name").asBoolean()).isTrue();
    assertThat(report.get("diff").get("reordered").size()).isEqualTo(1);
    assertThat(report.get("newest_hash").asString()).isEqualTo(FeatureSchema.of(names).hash());
  }

  @Test
  void what_cannot_be_compared_is_a_problem_that_names_it() {
    assertThat(diff("{}").status()).isEqualTo(404);
    validator.model("20260201_0300", "active");
    assertThat(diff("{}").body().get("detail").asString()).contains("feature schema");
    assertThat(diff("{\"schema_hash\":\"nope\"}").body().get("detail").asString()).contains("nope");
    assertThat(diff("{\"model_version\":\"20990101_0000\"}").status()).isEqualTo(404);
    assertThat(diff("{\"names\":[\"a\",\"a\"]}").status()).isEqualTo(400);
    assertThat(diff("{\"names\":[]}").status()).isEqualTo(400);
    assertThat(diff("{\"names\":[null]}").status()).isEqualTo(400);
    assertThat(diff("{\"names\":[\"a\"],\"schema_hash\":\"b\"}").status()).isEqualTo(400);
    assertThat(diff("{\"features\":[{\"name\":\"a\",\"kind\":\"blob\"}]}").status()).isEqualTo(400);
    assertThat(diff("[").status()).isEqualTo(400);
  }

  @Test
  void only_an_operator_may_store_a_comparison() {
    assertThat(validator.post(null, "/api/v1/schema/diff", "{}").status()).isEqualTo(401);
    assertThat(validator.post(TestServers.ANALYST, "/api/v1/schema/diff", "{}").status())
        .isEqualTo(403);
  }
}

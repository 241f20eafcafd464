package io.mlassets.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-02")
class FeatureSchemaTest {

  @Test
  void the_hash_knows_names_kinds_and_order() {
    FeatureSchema schema = FeatureSchema.of(List.of("a", "b"));
    assertThat(schema.hash()).hasSize(64).isEqualTo(FeatureSchema.of(List.of("a", "b")).hash());
    assertThat(schema.hash()).isNotEqualTo(FeatureSchema.of(List.of("b", "a")).hash());
    assertThat(schema.hash()).isNotEqualTo(FeatureSchema.of(List.of("a", "c")).hash());
  }

  @Test
  void the_current_schema_has_one_categorical_feature() {
    FeatureSchema schema = FeatureSchema.current();
    int position = schema.indexOf(FeatureSchema.PAIR_CLASS);
    for (int i = 0; i < schema.size(); i++) {
      assertThat(schema.isCategorical(i)).isEqualTo(i == position);
    }
  }

  @Test
  void a_repeated_or_unknown_name_is_refused() {
    assertThatThrownBy(() -> FeatureSchema.of(List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
    assertThatThrownBy(() -> FeatureSchema.of(List.of("a")).indexOf("z"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'z'");
  }
}

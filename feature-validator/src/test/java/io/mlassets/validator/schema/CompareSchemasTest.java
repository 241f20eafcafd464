package io.mlassets.validator.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.validator.schema.SchemaDiff.Moved;
import io.mlassets.validator.schema.SchemaDiff.Renamed;
import io.mlassets.validator.schema.SchemaDiff.TypeChanged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-01")
class CompareSchemasTest {

  private static SchemaDiff diff(List<String> model, List<String> newest) {
    return CompareSchemas.between(NamedSchema.of(model), NamedSchema.of(newest));
  }

  @Test
  void the_same_schema_is_compatible_and_shows_no_difference() {
    NamedSchema ours = NamedSchema.of(FeatureSchema.current());
    SchemaDiff same = CompareSchemas.between(ours, ours);
    assertThat(same.compatible()).isTrue();
    assertThat(same)
        .isEqualTo(new SchemaDiff(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void added_and_removed_features_are_named_and_make_the_model_incompatible() {
    SchemaDiff diff = diff(List.of("beta", "z_score", "swap"), List.of("beta", "z_score", "news"));
    assertThat(diff.added()).containsExactly("news");
    assertThat(diff.removed()).containsExactly("swap");
    assertThat(diff.renamed()).isEmpty();
    assertThat(diff.compatible()).isFalse();
    assertThat(diff.readableByName()).isFalse();
  }

  @Test
  void an_addition_alone_is_incompatible_because_the_hash_changes_yet_readable_by_name() {
    SchemaDiff diff = diff(List.of("beta"), List.of("beta", "news"));
    assertThat(diff.compatible()).isFalse();
    assertThat(diff.readableByName()).isTrue();
  }

  @Test
  void a_similar_name_is_suggested_as_a_rename_and_not_listed_twice() {
    SchemaDiff diff = diff(List.of("beta", "vol_jump"), List.of("beta", "volatility_jump"));
    assertThat(diff.renamed()).containsExactly(new Renamed("vol_jump", "volatility_jump", 0.95));
    assertThat(diff.added()).isEmpty();
    assertThat(diff.removed()).isEmpty();
    assertThat(diff.compatible()).isFalse();
  }

  @Test
  void each_name_takes_part_in_one_rename_and_the_best_match_wins() {
    SchemaDiff diff = diff(List.of("atr_ratio", "vol_ratio"), List.of("atr_ratio_14", "volume"));
    assertThat(diff.renamed()).extracting(Renamed::from).containsExactly("atr_ratio");
    assertThat(diff.renamed()).extracting(Renamed::to).containsExactly("atr_ratio_14");
    assertThat(diff.removed()).containsExactly("vol_ratio");
    assertThat(diff.added()).containsExactly("volume");
  }

  @Test
  void a_moved_feature_is_the_only_one_reported_as_reordered() {
    SchemaDiff diff = diff(List.of("a", "b", "c", "d"), List.of("b", "c", "d", "a"));
    assertThat(diff.reordered()).containsExactly(new Moved("a", 0, 3));
    assertThat(diff.compatible()).isFalse();
    assertThat(diff.readableByName()).isTrue();
  }

  @Test
  void positions_shifted_by_an_insertion_are_no_reordering() {
    assertThat(diff(List.of("b", "c"), List.of("news", "b", "c")).reordered()).isEmpty();
  }

  @Test
  void a_changed_kind_is_reported_and_incompatible() {
    NamedSchema model = NamedSchema.of(List.of("beta", "session"));
    NamedSchema newest =
        new NamedSchema(
            "x",
            List.of(
                new SchemaColumn("beta", ColumnKind.NUMERIC),
                new SchemaColumn("session", ColumnKind.CATEGORICAL)));
    SchemaDiff diff = CompareSchemas.between(model, newest);
    assertThat(diff.typeChanged())
        .containsExactly(new TypeChanged("session", ColumnKind.NUMERIC, ColumnKind.CATEGORICAL));
    assertThat(diff.compatible()).isFalse();
  }

  @Test
  void any_two_different_orders_of_the_same_names_are_told_apart_with_the_fewest_moves() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<String> names = new ArrayList<>(List.of("a1", "b2", "c3", "d4", "e5", "f6"));
      List<String> shuffled = new ArrayList<>(names);
      Collections.shuffle(shuffled, random);
      SchemaDiff diff = diff(names, shuffled);
      assertThat(diff.compatible()).isEqualTo(names.equals(shuffled));
      assertThat(diff.reordered()).hasSize(names.size() - longestByEnumeration(names, shuffled));
    }
  }

  /** Oracle: tries every subset of the names. */
  private static int longestByEnumeration(List<String> names, List<String> shuffled) {
    int best = 0;
    for (int subset = 0; subset < 1 << names.size(); subset++) {
      int last = -1;
      boolean increasing = true;
      for (int i = 0; i < names.size(); i++) {
        if ((subset >> i & 1) == 1) {
          int place = shuffled.indexOf(names.get(i));
          increasing &= place > last;
          last = place;
        }
      }
      best = increasing ? Math.max(best, Integer.bitCount(subset)) : best;
    }
    return best;
  }

  @Test
  void a_repeated_name_or_no_name_is_refused() {
    assertThatThrownBy(() -> NamedSchema.of(List.of("beta", "beta")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beta");
    assertThatThrownBy(() -> NamedSchema.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NamedSchema.of(List.of(" ")).names())
        .isInstanceOf(IllegalArgumentException.class);
  }
}

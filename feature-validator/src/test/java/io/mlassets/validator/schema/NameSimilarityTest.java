package io.mlassets.validator.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-01")
class NameSimilarityTest {

  @Test
  void edit_distances_are_the_published_ones() {
    // Examples of the literature: Wagner & Fischer; Jurafsky & Martin with unit costs.
    assertThat(NameSimilarity.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NameSimilarity.distance("intention", "execution")).isEqualTo(5);
    assertThat(NameSimilarity.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void the_same_words_in_another_order_or_case_are_the_same_name() {
    assertThat(NameSimilarity.of("spread_vol", "Vol-Spread")).isEqualTo(1);
  }

  @Test
  void an_abbreviation_is_nearly_the_same() {
    assertThat(NameSimilarity.of("corr_change", "correlation_change"))
        .isCloseTo(.95, within(1e-12));
  }

  @Test
  void unrelated_names_are_far_apart_and_the_measure_is_symmetric() {
    assertThat(NameSimilarity.of("beta", "liquidity_score")).isLessThan(0.3);
    assertThat(NameSimilarity.of("a_bc", "bc_d")).isEqualTo(NameSimilarity.of("bc_d", "a_bc"));
  }
}

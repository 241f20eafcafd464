package io.mlassets.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("P-01")
class PolicyFilesTest {
  private static final String CORE = "core_policy.yaml";
  @TempDir private Path folder;

  @BeforeEach
  void copyTheRealOnes() throws IOException {
    for (String name : new String[] {CORE, "retrain_policy.yaml", "signals_policy.yaml"}) {
      Files.copy(Path.of("..", "config", name), folder.resolve(name));
    }
  }

  private void change(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  @Test
  void the_order_of_nested_keys_does_not_change_the_hash() throws IOException {
    String before = PolicyFiles.read(folder).hash();
    change(
        CORE,
        "    theta1: [0.60, 0.85]\n    theta2: [0.20, 0.45]\n",
        "    theta2: [0.20, 0.45]\n    theta1: [0.60, 0.85]\n");
    assertThat(PolicyFiles.read(folder).hash()).isEqualTo(before);
  }

  @Test
  void another_value_changes_the_hash() throws IOException {
    String before = PolicyFiles.read(folder).hash();
    change(CORE, "value: 0.70", "value: 0.71");
    assertThat(PolicyFiles.read(folder).hash()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "value: 0.70, value: 1.70, theta1",
    "value: 0.70, value: high, theta1_initial",
    "theta1_initial:, theta1_start:, theta1_initial",
    "value: 240, value: 2.5, feature_window"
  })
  void a_bad_value_is_refused_with_file_and_key(String from, String to, String key)
      throws IOException {
    change(CORE, from, to);
    assertThatThrownBy(() -> PolicyFiles.read(folder))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(CORE)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({
    "value: 30, value: 0, search_trials",
    "'\"halving\"', '\"sometimes\"', search_pruner",
    "value: true, value: maybe, search_multivariate"
  })
  void a_bad_rule_of_the_search_is_refused_with_file_and_key(String from, String to, String key)
      throws IOException {
    change("retrain_policy.yaml", from, to);
    assertThatThrownBy(() -> PolicyFiles.read(folder))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("retrain_policy.yaml")
        .hasMessageContaining(key);
  }

  @Test
  void pruner_and_way_of_drawing_are_read() throws IOException {
    assertThat(PolicyFiles.read(folder).retrain().search())
        .isEqualTo(new SearchRules(30, Pruning.HALVING, true));
    change("retrain_policy.yaml", "\"halving\"", "\"median\"");
    change("retrain_policy.yaml", "value: true", "value: false");
    assertThat(PolicyFiles.read(folder).retrain().search())
        .isEqualTo(new SearchRules(30, Pruning.MEDIAN, false));
  }

  @Test
  @Tag("R-04")
  void thresholds_may_have_no_schedule_but_not_a_broken_one() throws IOException {
    String retrain = "retrain_policy.yaml";
    assertThat(PolicyFiles.read(folder).retrain().thetaCron()).isEqualTo("30 3 * * 1");
    change(retrain, "30 3 * * 1", "");
    assertThat(PolicyFiles.read(folder).retrain().thetaCron()).isEmpty();
    change(retrain, "theta_cron:\n  value: \"\"", "theta_cron:\n  value: \"30 3 *\"");
    assertThatThrownBy(() -> PolicyFiles.read(folder))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(retrain)
        .hasMessageContaining("theta_cron");
  }

  @Test
  void an_unknown_key_is_refused_by_name() throws IOException {
    Files.writeString(
        folder.resolve(CORE),
        Files.readString(folder.resolve(CORE)) + "theta3:\n  value: 1\n  label_ja: x\n");
    assertThatThrownBy(() -> PolicyFiles.read(folder)).hasMessageContaining("theta3");
  }
}

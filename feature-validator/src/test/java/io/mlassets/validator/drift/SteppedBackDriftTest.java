package io.mlassets.validator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import io.mlassets.validator.ModelsInUse;
import io.mlassets.validator.RunningValidator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Drift is measured of the model that decides. */
@Tag("V-02")
class SteppedBackDriftTest {
  private static final String GOOD = "20250101_0000";
  private static final String ACTIVE = "20250201_0000";

  @Test
  void while_a_step_back_from_the_active_model_holds_it_is_the_last_good_one() {
    try (RunningValidator validator = new RunningValidator()) {
      validator.model(GOOD, "archived");
      validator.model(ACTIVE, "active");
      for (String version : new String[] {GOOD, ACTIVE}) {
        insert(validator, "core.model_artifacts values (?, 'c', 's', '\\x00')", version);
        insert(
            validator,
            "core.model_swaps (model_scope, model_version, cause) values ('all', ?, 'at_once')",
            version);
      }
      assertThat(decides(validator)).isEqualTo(ACTIVE);
      insert(
          validator,
          "core.model_stepbacks (model_scope, model_version, found, reason, figures)"
              + " values ('all', ?, 'live', 'r', '{}')",
          ACTIVE);
      assertThat(decides(validator)).isEqualTo(GOOD);
      LiveHistory live = new LiveHistory(validator, GOOD, "live");
      live.reference();
      live.bars(600, 2.5, "atr_ratio", 1.5);
      assertThat(
              validator
                  .post(TestServers.OPERATOR, "/api/v1/drift/check", "")
                  .body()
                  .at("/features/items/0/model_version")
                  .asString())
          .isEqualTo(GOOD);
    }
  }

  private static void insert(RunningValidator validator, String into, String version) {
    validator.owner.sql("insert into " + into).param(version).update();
  }

  private static String decides(RunningValidator validator) {
    return validator.context.getBean(ModelsInUse.class).current().orElseThrow().version();
  }
}

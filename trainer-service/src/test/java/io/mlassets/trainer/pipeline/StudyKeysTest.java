package io.mlassets.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.EngineId;
import io.mlassets.policy.Pruning;
import io.mlassets.policy.SearchRules;
import io.mlassets.trainer.engine.TreeEngine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-05")
class StudyKeysTest {
  private static final SearchRules RULES = new SearchRules(10, Pruning.HALVING, true);
  private static final TreeEngine ENGINE = TreeEngine.of(EngineId.LIGHTGBM);
  private final MadeUpFolds made = new MadeUpFolds(1);

  private String key(MadeUpFolds folds, SearchRules rules, Target target, long seed) {
    return new StudyKeys(folds.folds(), rules).of(ENGINE, target, seed);
  }

  @Test
  void whatever_changes_trials_changes_the_key() {
    double[] ones = new double[made.rows()];
    Arrays.fill(ones, 1);
    double[] others = ones.clone();
    others[7] = 2;
    MadeUpFolds changed = new MadeUpFolds(1);
    changed.change(2, 9);
    List<String> keys =
        List.of(
            key(made, RULES, made.target(), 1),
            key(made, RULES, made.target(), 2),
            key(made, RULES, made.target(ones), 1),
            key(made, RULES, made.target(others), 1),
            key(changed, RULES, made.target(), 1),
            key(made, RULES, changed.target(), 1),
            key(made, new SearchRules(10, Pruning.MEDIAN, true), made.target(), 1),
            key(made, new SearchRules(10, Pruning.NONE, true), made.target(), 1),
            key(made, new SearchRules(10, Pruning.HALVING, false), made.target(), 1),
            new StudyKeys(made.folds(), RULES)
                .of(TreeEngine.of(EngineId.XGBOOST), made.target(), 1));
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void the_same_study_has_the_same_key_however_many_trials_are_wanted() {
    assertThat(key(made, new SearchRules(99, Pruning.HALVING, true), made.target(), 1))
        .isEqualTo(key(new MadeUpFolds(1), RULES, made.target(), 1));
  }
}

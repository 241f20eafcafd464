package io.mlassets.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.EngineId;
import io.mlassets.model.ModelType;
import io.mlassets.model.TreeParams;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.trainer.pipeline.SearchHistory;
import io.mlassets.trainer.search.Trial;
import io.mlassets.trainer.search.TrialLog;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

@Tag("T-05")
class StoredTrialsTest {
  private static final TreeParams PARAMS =
      TreeParams.of(Map.of("learning_rate", 0.0312477, "num_leaves", 31.0, "lambda_l2", 1e-2));

  private static Trial trial(int number, boolean pruned) {
    List<List<Double>> curves =
        pruned ? List.of() : List.of(List.of(0.1 + 0.7, 1e-17), List.of(1 / 3.0));
    return new Trial(number, PARAMS, 0.1 + 0.2, List.of(1 / 3.0, 0.1 + 0.2), pruned, 17, curves);
  }

  private static SearchHistory history(Trial... trials) {
    return new SearchHistory(ModelType.AI1, EngineId.LIGHTGBM, "study", List.of(trials), 0);
  }

  @Test
  void trials_come_back_bit_for_bit_until_a_model_has_them() {
    try (TestServers servers = TestServers.start()) {
      DataSource database = servers.dataSource("mlassets_trainer");
      StoredTrials stored = new StoredTrials(database, JsonMapper.shared());
      TrialLog log = stored.of("study");
      log.add(trial(1, true));
      log.add(trial(0, false));
      stored.of("another").add(trial(0, false));

      // Another process after a kill: it may even make a trial twice.
      TrialLog later = new StoredTrials(database, JsonMapper.shared()).of("study");
      later.add(trial(0, false));
      assertThat(later.trials()).containsExactly(trial(0, false), trial(1, true));

      // Made again with another outcome: what the run goes on with is what is kept.
      later.add(trial(1, false));
      assertThat(later.trials()).containsExactly(trial(0, false), trial(1, false));

      // Of an earlier run with more trials, which this model has not seen.
      later.add(trial(2, false));
      JdbcTemplate jdbc = new JdbcTemplate(database);
      StoredTrials.keepAsEvidence(
          jdbc, "20240101_0000", List.of(history(trial(0, false), trial(1, false))));
      assertThat(later.trials()).containsExactly(trial(2, false));
      assertThat(stored.of("another").trials()).hasSize(1);
      later.add(trial(0, false));
      assertThat(later.trials()).hasSize(2);
      assertThat(
              jdbc.queryForList(
                  "select number from core.search_trials where model_version = '20240101_0000'"
                      + " order by number",
                  Integer.class))
          .containsExactly(0, 1);
    }
  }
}

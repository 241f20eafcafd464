package io.mlassets.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.TreeParams;
import io.mlassets.platform.testing.TestServers;
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
    return new Trial(number, PARAMS, 0.1 + 0.2, List.of(1 / 3.0, 0.1 + 0.2), pruned, 17);
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

      JdbcTemplate jdbc = new JdbcTemplate(database);
      StoredTrials.keepAsEvidence(jdbc, "20240101_0000", List.of("study"));
      assertThat(later.trials()).isEmpty();
      assertThat(stored.of("another").trials()).hasSize(1);
      later.add(trial(0, false));
      assertThat(later.trials()).hasSize(1);
      assertThat(
              jdbc.queryForObject(
                  "select count(*) from core.search_trials where model_version = '20240101_0000'",
                  Integer.class))
          .isEqualTo(2);
    }
  }
}

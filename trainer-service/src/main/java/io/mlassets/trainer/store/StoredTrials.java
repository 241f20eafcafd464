package io.mlassets.trainer.store;

import io.mlassets.model.TreeParams;
import io.mlassets.trainer.pipeline.SearchHistory;
import io.mlassets.trainer.search.Trial;
import io.mlassets.trainer.search.TrialLog;
import io.mlassets.trainer.search.TrialLogs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code core.search_trials}: trials as they end. A search takes hours, so a database that is away
 * for less than a minute does not end it: what is read and written here is tried again. Those of a
 * run that was interrupted wait there to be taken up; when a candidate is stored they become its
 * evidence and are not used again.
 */
public final class StoredTrials implements TrialLogs {
  static final RetryPolicy UNTIL_IT_IS_BACK =
      RetryPolicy.builder()
          .includes(DataAccessResourceFailureException.class, TransientDataAccessException.class)
          .maxRetries(Long.MAX_VALUE)
          .delay(Duration.ofMillis(500))
          .timeout(Duration.ofMinutes(1))
          .build();
  private static final TypeReference<List<List<Double>>> CURVES = new TypeReference<>() {};
  private final RetryTemplate patiently = new RetryTemplate(UNTIL_IT_IS_BACK);
  private final JdbcTemplate jdbc;
  private final JsonMapper json;

  /** Over one database. */
  public StoredTrials(DataSource dataSource, JsonMapper json) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.json = json;
  }

  @Override
  public TrialLog of(String study) {
    return new TrialLog() {
      @Override
      public List<Trial> trials() {
        return patiently.invoke(() -> waiting(study));
      }

      @Override
      public void add(Trial trial) {
        patiently.invoke(() -> write(study, trial));
      }
    };
  }

  private List<Trial> waiting(String study) {
    return jdbc.query(
        """
        select number, params, value, intermediate, pruned, trees, curves
        from core.search_trials
        where study = ? and model_version is null order by number
        """,
        (row, index) -> trial(row),
        study);
  }

  private Trial trial(ResultSet row) throws SQLException {
    Double[] intermediate = (Double[]) row.getArray("intermediate").getArray();
    return new Trial(
        row.getInt("number"),
        json.readValue(row.getString("params"), TreeParams.class),
        row.getDouble("value"),
        Arrays.asList(intermediate),
        row.getBoolean("pruned"),
        row.getInt("trees"),
        json.readValue(row.getString("curves"), CURVES));
  }

  private void write(String study, Trial trial) {
    jdbc.update(
        """
        insert into core.search_trials
          (study, number, params, value, intermediate, pruned, trees, curves)
        values (?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb)
        on conflict (study, number) where model_version is null do update
        set params = excluded.params, value = excluded.value,
          intermediate = excluded.intermediate, pruned = excluded.pruned,
          trees = excluded.trees, curves = excluded.curves, ended_at = now()
        """,
        study,
        trial.number(),
        json.writeValueAsString(trial.params()),
        trial.value(),
        trial.intermediate().toArray(Double[]::new),
        trial.pruned(),
        trial.trees(),
        json.writeValueAsString(trial.curves()));
  }

  /** The trials the candidate was chosen from belong to a model now, and no others. */
  static void keepAsEvidence(JdbcTemplate jdbc, String modelVersion, List<SearchHistory> searches) {
    for (SearchHistory search : searches) {
      jdbc.update(
          """
          update core.search_trials set model_version = ?
          where study = ? and number < ? and model_version is null
          """,
          modelVersion,
          search.study(),
          search.trials().size());
    }
  }
}

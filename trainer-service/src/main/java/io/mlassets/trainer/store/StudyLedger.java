package io.mlassets.trainer.store;

import io.mlassets.market.Pair;
import io.mlassets.trainer.dataset.DataRequest;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.search.FoldTrials;
import io.mlassets.trainer.search.TrialLogs;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code core.studies}: what was searched on which bars, by whatever run, whatever became of it.
 * Who tries seeds until one is adopted is judged by all he tried.
 */
public final class StudyLedger {
  private final RetryTemplate patiently = new RetryTemplate(StoredTrials.UNTIL_IT_IS_BACK);
  private final JdbcClient jdbc;
  private final String scope;
  private final DataRequest data;

  /**
   * The ledger as a run sees it.
   *
   * @param scope of the models it makes
   * @param data its data, the window closed
   */
  public StudyLedger(DataSource dataSource, String scope, DataRequest data) {
    this.jdbc = JdbcClient.create(dataSource);
    this.scope = scope;
    this.data = data;
  }

  /** The same logs; every study is entered before its first trial. */
  public TrialLogs entering(TrialLogs logs) {
    return study -> {
      patiently.invoke(() -> enter(study, 0));
      return logs.of(study);
    };
  }

  /** Enters what was looked at beside parameters: thresholds and calibrations. */
  public void enterChoices(Candidate candidate) {
    enterChoices(StudiesMade.of(candidate));
  }

  void enterChoices(StudiesMade made) {
    enter(made.choice(), made.choices());
  }

  private int enter(String study, int choices) {
    return jdbc.sql(
            """
            insert into core.studies
              (study, model_scope, interval, pairs, window_start, window_end, choices)
            values (?, ?, ?, ?, ?, ?, ?) on conflict (study) do nothing
            """)
        .params(study, scope, data.interval().iso(), pairs(), utc(data.from()), utc(data.to()))
        .param(choices)
        .update();
  }

  /**
   * Trials of other studies of this scope and interval, some of whose pairs and some of whose time
   * are this run's; and what an earlier run of the same study tried beyond this one's trials.
   */
  public int earlierThan(Candidate candidate) {
    return earlierThan(StudiesMade.of(candidate));
  }

  int earlierThan(StudiesMade made) {
    return jdbc.sql(
            """
            with on_these_bars as (
              select study, choices from core.studies
              where model_scope = :scope and interval = :interval and pairs && cast(:pairs as text[])
                and window_start < :to and window_end > :from),
            tried as (
              select distinct t.study, t.number, t.pruned
              from core.search_trials t join on_these_bars using (study)
              where t.study <> all (:own) or t.number >= :made)
            select coalesce((select sum(case when pruned then 1 else :looks end) from tried), 0)
              + coalesce((select sum(choices) from on_these_bars where study <> :choice), 0)
            """)
        .param("scope", scope)
        .param("interval", data.interval().iso())
        .param("pairs", pairs())
        .param("from", utc(data.from()))
        .param("to", utc(data.to()))
        .param("own", made.parameters().toArray(String[]::new))
        .param("made", made.trials())
        .param("choice", made.choice())
        .param("looks", FoldTrials.RUNGS)
        .query(Integer.class)
        .single();
  }

  private String[] pairs() {
    return data.pairs().stream().map(Pair::id).toArray(String[]::new);
  }

  private static OffsetDateTime utc(@Nullable Instant instant) {
    return Objects.requireNonNull(instant, "the window is closed").atOffset(ZoneOffset.UTC);
  }
}

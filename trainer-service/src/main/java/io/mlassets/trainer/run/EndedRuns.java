package io.mlassets.trainer.run;

import io.mlassets.model.ModelVersion;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is left to do for runs that ended: delivering and announcing follow the end of the row, and
 * a process may be killed in between.
 */
public final class EndedRuns {
  private final JdbcClient jdbc;
  private final RetrainRunMapper rows;

  EndedRuns(JdbcClient jdbc, RetrainRunMapper rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /** Whether a run has stored this candidate. */
  boolean hasStored(UUID id, ModelVersion version) {
    return jdbc.sql(
            """
            select exists (select 1 from audit.retrain_runs
              where run_id = ? and status = 'success' and model_version = ?)
            """)
        .params(id, version.value())
        .query(Boolean.class)
        .single();
  }

  /** What became of the delivery; null when none is set up. */
  void delivered(UUID id, @Nullable String state) {
    jdbc.sql("update audit.retrain_runs set transfer = nullif(?, '') where run_id = ?")
        .params(state == null ? "" : state, id)
        .update();
  }

  /** Runs whose bundle is staged and neither released nor taken away, oldest first. */
  List<RetrainRun> undelivered() {
    return jdbc.sql(
            """
            select * from audit.retrain_runs where status = 'success' and transfer = 'staged'
            order by ended_at
            """)
        .query(rows)
        .list();
  }

  /** Versions of {@link #undelivered}. */
  Set<ModelVersion> staged() {
    return undelivered().stream()
        .map(RetrainRun::modelVersion)
        .filter(version -> version != null)
        .map(ModelVersion::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Somebody was told of the end. */
  void announced(UUID id) {
    jdbc.sql("update audit.retrain_runs set announced_at = now() where run_id = ?")
        .param(id)
        .update();
  }

  /** Runs that ended before and of which nobody was told; now it is the caller's to tell. */
  List<RetrainRun> takeUnannounced(Instant endedBefore) {
    return jdbc.sql(
            """
            update audit.retrain_runs set announced_at = now()
            where announced_at is null and status <> 'running' and ended_at <= ? returning *
            """)
        .param(Timestamp.from(endedBefore))
        .query(rows)
        .list();
  }
}

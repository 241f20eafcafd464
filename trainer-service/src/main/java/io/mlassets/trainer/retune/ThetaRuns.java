package io.mlassets.trainer.retune;

import io.mlassets.decision.Thresholds;
import io.mlassets.trainer.run.Trigger;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of {@code audit.theta_runs}. Whoever begins one holds the lock on re-tuning, so a row
 * still running then is a dead process's.
 */
public final class ThetaRuns {
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;
  private final ThetaRunMapper rows;

  /** Over one database. */
  public ThetaRuns(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
    this.rows = new ThetaRunMapper(json);
  }

  /**
   * A new running row. A slot has one only, which goes on when the process that ran it died.
   *
   * @param slot time of the schedule; null when a person asked
   * @return empty when the slot has had its run
   */
  Optional<UUID> begin(Trigger trigger, @Nullable Instant slot) {
    OffsetDateTime at = slot == null ? null : utc(slot);
    jdbc.sql(
            """
            update audit.theta_runs
            set status = 'failed', ended_at = :now, error_message = 'the process that ran it is gone'
            where status = 'running' and (slot is null or slot is distinct from :slot)
            """)
        .param("now", utc(clock.instant()))
        .param("slot", at, Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
    return jdbc.sql(
            """
            insert into audit.theta_runs (run_id, started_at, status, trigger, slot)
            values (:id, :now, 'running', :trigger, :slot)
            on conflict (slot) where slot is not null
              do update set started_at = excluded.started_at where theta_runs.status = 'running'
            returning run_id
            """)
        .param("id", UUID.randomUUID())
        .param("now", utc(clock.instant()))
        .param("trigger", trigger.wire())
        .param("slot", at, Types.TIMESTAMP_WITH_TIMEZONE)
        .query(UUID.class)
        .optional();
  }

  /**
   * The run came to a verdict.
   *
   * @throws IllegalStateException if it is not running any more
   */
  void end(UUID id, ThetaOutcome outcome) {
    Thresholds old = outcome.model() == null ? null : outcome.model().thresholds();
    Thresholds next =
        outcome.verdict() instanceof ThetaVerdict.Adopted adopted ? adopted.next() : null;
    int updated =
        jdbc.sql(
                """
                update audit.theta_runs
                set status = 'success', ended_at = :now, model_version = :version,
                  old_theta1 = :old1, old_theta2 = :old2, new_theta1 = :new1, new_theta2 = :new2,
                  verdict = :verdict, reasons = :reasons::jsonb, figures = :figures::jsonb
                where run_id = :id and status = 'running'
                """)
            .param("now", utc(clock.instant()))
            .param(
                "version",
                outcome.model() == null ? null : outcome.model().version().value(),
                Types.VARCHAR)
            .param("old1", old == null ? null : old.theta1(), Types.DOUBLE)
            .param("old2", old == null ? null : old.theta2(), Types.DOUBLE)
            .param("new1", next == null ? null : next.theta1(), Types.DOUBLE)
            .param("new2", next == null ? null : next.theta2(), Types.DOUBLE)
            .param("verdict", outcome.wire())
            .param("reasons", json.writeValueAsString(outcome.verdict().reasons()))
            .param(
                "figures",
                outcome.evidence() == null ? null : json.writeValueAsString(outcome.evidence()),
                Types.VARCHAR)
            .param("id", id)
            .update();
    if (updated != 1) {
      throw new IllegalStateException("re-tuning " + id + " was given up meanwhile");
    }
  }

  /** The run failed; nothing was changed. */
  void fail(UUID id, String message) {
    jdbc.sql(
            """
            update audit.theta_runs set status = 'failed', ended_at = ?, error_message = ?
            where run_id = ? and status = 'running'
            """)
        .params(utc(clock.instant()), message, id)
        .update();
  }

  /** One run. */
  public Optional<ThetaRun> find(UUID id) {
    return jdbc.sql("select * from audit.theta_runs where run_id = ?")
        .param(id)
        .query(rows)
        .optional();
  }

  /** The newest runs first. */
  public List<ThetaRun> list(int size, long offset) {
    return jdbc.sql(
            "select * from audit.theta_runs order by started_at desc, run_id limit ? offset ?")
        .params(size, offset)
        .query(rows)
        .list();
  }

  /** Number of runs. */
  public long count() {
    return jdbc.sql("select count(*) from audit.theta_runs").query(Long.class).single();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}

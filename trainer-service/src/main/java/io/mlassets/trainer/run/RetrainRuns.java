package io.mlassets.trainer.run;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of {@code audit.retrain_runs}. At most one is {@code running}; a unique index sees to
 * it.
 */
public final class RetrainRuns {
  static final String ABORTED_ON_REQUEST = "aborted on request";
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;
  private final RunLogs logs;
  private final RetrainRunMapper rows;
  private final WaitingRuns waiting;
  private final EndedRuns ended;

  /** Over one database; each row names its file among {@code logs}. */
  public RetrainRuns(JdbcClient jdbc, JsonMapper json, Clock clock, RunLogs logs) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
    this.logs = logs;
    this.rows = new RetrainRunMapper(json);
    this.waiting = new WaitingRuns(jdbc, json, clock, logs, rows);
    this.ended = new EndedRuns(jdbc, rows);
  }

  /** Rows that wait. */
  WaitingRuns waiting() {
    return waiting;
  }

  /** Rows that ended. */
  EndedRuns ended() {
    return ended;
  }

  /**
   * A new running row that nobody but a person asked for.
   *
   * @throws RunInProgressException if another row is running
   */
  public UUID begin(RunRequest request, Trigger trigger) {
    UUID id = UUID.randomUUID();
    begin(id, request, trigger, null);
    return id;
  }

  /**
   * The running row of a slot; empty when the slot has a row already.
   *
   * @throws RunInProgressException if another row is running
   */
  public Optional<UUID> begin(RunRequest request, Trigger trigger, Instant slot) {
    UUID id = UUID.randomUUID();
    return begin(id, request, trigger, slot) == 1 ? Optional.of(id) : Optional.empty();
  }

  private int begin(UUID id, RunRequest request, Trigger trigger, @Nullable Instant slot) {
    try {
      return jdbc.sql(
              """
              insert into audit.retrain_runs
                (run_id, started_at, status, log_path, trigger, request, slot)
              values (:id, :now, 'running', :log, :trigger, :request::jsonb, :slot)
              on conflict (trigger, slot) where slot is not null do nothing
              """)
          .param("id", id)
          .param("now", now())
          .param("log", logs.of(id).toString())
          .param("trigger", trigger.wire())
          .param("request", json.writeValueAsString(request))
          .param("slot", slot == null ? null : utc(slot), Types.TIMESTAMP_WITH_TIMEZONE)
          .update();
    } catch (DuplicateKeyException e) {
      throw new RunInProgressException(running().orElse(null), e);
    }
  }

  /**
   * The run came to something.
   *
   * @throws IllegalStateException if it is not running any more, or somebody was promised its end
   */
  public void succeed(UUID id, RunOutcome outcome) {
    int updated =
        jdbc.sql(
                """
                update audit.retrain_runs
                set status = 'success', ended_at = ?, announced_at = null, model_version = ?, theta1 = ?, theta2 = ?,
                  metrics = ?::jsonb, verdict = ?, reasons = ?::jsonb, resources = ?::jsonb,
                  transfer = nullif(?, ''), error_message = null
                where run_id = ? and status = 'running' and not abort_requested
                """)
            .params(
                now(),
                outcome.modelVersion().value(),
                outcome.thresholds().theta1(),
                outcome.thresholds().theta2(),
                json.writeValueAsString(outcome.metrics()),
                outcome.verdict(),
                json.writeValueAsString(outcome.reasons()),
                json.writeValueAsString(outcome.resources()),
                outcome.transfer() == null ? "" : outcome.transfer(),
                id)
            .update();
    if (updated != 1) {
      throw new IllegalStateException("run " + id + " was given up or aborted meanwhile");
    }
  }

  /**
   * The run ended without a candidate; whatever ended it, one that was to be aborted was.
   *
   * @param status failed, retrying or aborted
   * @param used null when unknown
   * @return its row; empty when it was not running any more, and nothing is changed then
   */
  public Optional<RetrainRun> end(
      UUID id, RunStatus status, String message, @Nullable Resources used) {
    return jdbc.sql(
            """
            update audit.retrain_runs set ended_at = :now, announced_at = null,
              status = case when abort_requested then 'aborted' else :status end,
              error_message = case when abort_requested then :requested else :message end,
              resources = coalesce(nullif(:used, '')::jsonb, resources)
            where run_id = :id and status = 'running' returning *
            """)
        .param("now", now())
        .param("status", status.wire())
        .param("requested", ABORTED_ON_REQUEST)
        .param("message", message)
        .param("used", used == null ? "" : json.writeValueAsString(used))
        .param("id", id)
        .query(rows)
        .optional();
  }

  /**
   * Asks the process that runs it, on whatever replica, to abort it; one that waits for its retry
   * is aborted at once.
   *
   * @return false when it has ended
   */
  public boolean requestAbort(UUID id) {
    return jdbc.sql(
                """
                update audit.retrain_runs set abort_requested = true,
                  announced_at = null,
                  error_message = case status when 'retrying' then ? else error_message end,
                  status = case status when 'retrying' then 'aborted' else status end
                where run_id = ? and status in ('running', 'retrying')
                """)
            .params(ABORTED_ON_REQUEST, id)
            .update()
        == 1;
  }

  /** Whether a run should end: somebody asked for it, or its process was taken for dead. */
  public boolean isUnwanted(UUID id) {
    return jdbc.sql(
            """
            select abort_requested and status = 'running' or status in ('failed', 'retrying', 'aborted')
            from audit.retrain_runs where run_id = ?
            """)
        .param(id)
        .query(Boolean.class)
        .single();
  }

  /**
   * Rows left running by a process that is no more; the caller holds the {@link RunLock}. A restart
   * of the database frees the lock of living processes too: they have half a minute to take it
   * back.
   */
  public List<RetrainRun> orphans() {
    return jdbc.sql(
            """
            select * from audit.retrain_runs where status = 'running' and
              (pg_postmaster_start_time() < started_at
                or pg_postmaster_start_time() < clock_timestamp() - interval '30 seconds')
            """)
        .query(rows)
        .list();
  }

  /** The run that is running. */
  public Optional<UUID> running() {
    return jdbc.sql("select run_id from audit.retrain_runs where status = 'running'")
        .query(UUID.class)
        .optional();
  }

  /** One run. */
  public Optional<RetrainRun> find(UUID id) {
    return jdbc.sql("select * from audit.retrain_runs where run_id = ?")
        .param(id)
        .query(rows)
        .optional();
  }

  /** The newest runs first. */
  public List<RetrainRun> list(int size, long offset) {
    return jdbc.sql(
            "select * from audit.retrain_runs order by started_at desc, run_id limit ? offset ?")
        .params(size, offset)
        .query(rows)
        .list();
  }

  /** Number of runs. */
  public long count() {
    return jdbc.sql("select count(*) from audit.retrain_runs").query(Long.class).single();
  }

  /** What the newest successful run was asked for. */
  public Optional<RunRequest> newestSuccessfulRequest() {
    return jdbc.sql(
            """
            select request from audit.retrain_runs where status = 'success'
            order by started_at desc limit 1
            """)
        .query(String.class)
        .optional()
        .map(text -> json.readValue(text, RunRequest.class));
  }

  private OffsetDateTime now() {
    return utc(clock.instant());
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}

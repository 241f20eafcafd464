package io.mlassets.trainer.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Rows of slots that could not start at once, and of runs that wait for their retry. */
final class WaitingRuns {
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;
  private final RunLogs logs;
  private final RetrainRunMapper rows;

  WaitingRuns(JdbcClient jdbc, JsonMapper json, Clock clock, RunLogs logs, RetrainRunMapper rows) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
    this.logs = logs;
    this.rows = rows;
  }

  /** The row of a slot that waits for as long as a failed run would; nothing when it has one. */
  void defer(RunRequest request, Trigger trigger, Instant slot, String why) {
    insert(RunStatus.RETRYING, json.writeValueAsString(request), trigger, slot, why);
  }

  /** The failed row of a slot no run can be made of; empty when the slot has a row already. */
  Optional<RetrainRun> refuse(Trigger trigger, Instant slot, String reason, String why) {
    String request = json.writeValueAsString(Map.of("reason", reason));
    return insert(RunStatus.FAILED, request, trigger, slot, why);
  }

  /** That a slot waits is no end: nobody is told. */
  private Optional<RetrainRun> insert(
      RunStatus status, String request, Trigger trigger, Instant slot, String why) {
    UUID id = UUID.randomUUID();
    return jdbc.sql(
            """
            insert into audit.retrain_runs (run_id, started_at, ended_at, status, log_path, trigger,
              request, slot, error_message, waited, announced_at)
            values (:id, :now, :now, :status, :log, :trigger, :request::jsonb, :slot, :why, :waits,
              case when :waits then :now end)
            on conflict (trigger, slot) where slot is not null do nothing
            returning *
            """)
        .param("id", id)
        .param("now", utc(clock.instant()))
        .param("status", status.wire())
        .param("log", logs.of(id).toString())
        .param("trigger", trigger.wire())
        .param("request", request)
        .param("slot", utc(slot))
        .param("why", why)
        .param("waits", status == RunStatus.RETRYING)
        .query(rows)
        .optional();
  }

  /** The run that has waited longest for its retry, if that is at least {@code delay}. */
  Optional<RetrainRun> due(Duration delay) {
    return jdbc.sql(
            """
            select * from audit.retrain_runs where status = 'retrying' and ended_at <= ?
            order by ended_at limit 1
            """)
        .param(utc(clock.instant().minus(delay)))
        .query(rows)
        .optional();
  }

  /**
   * A retrying row runs again, or for the first time when its slot only waited.
   *
   * @return retries including this one; empty when it is no longer retrying
   */
  Optional<Integer> beginAgain(UUID id) {
    return jdbc.sql(
            """
            update audit.retrain_runs set status = 'running', ended_at = null, log_path = ?,
              retry_count = retry_count + case when waited then 0 else 1 end, waited = false
            where run_id = ? and status = 'retrying' returning retry_count
            """)
        .params(logs.of(id).toString(), id)
        .query(Integer.class)
        .optional();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}

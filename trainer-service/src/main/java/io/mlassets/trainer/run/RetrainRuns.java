package io.mlassets.trainer.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of {@code audit.retrain_runs}. At most one is {@code running}; a unique index sees to
 * it.
 */
public final class RetrainRuns {
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;
  private final String logPath;

  /** Over one database; {@code logPath} is written into each row. */
  public RetrainRuns(JdbcClient jdbc, JsonMapper json, Clock clock, String logPath) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
    this.logPath = logPath;
  }

  /** A new running row. */
  public UUID begin(RunRequest request, Trigger trigger) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into audit.retrain_runs (run_id, started_at, status, log_path, trigger, request)
            values (?, ?, 'running', ?, ?, ?::jsonb)
            """)
        .params(id, now(), logPath, trigger.wire(), json.writeValueAsString(request))
        .update();
    return id;
  }

  /** A retrying row runs again; false when it is no longer retrying. */
  public boolean beginAgain(UUID id) {
    return jdbc.sql(
                """
                update audit.retrain_runs
                set status = 'running', retry_count = retry_count + 1, ended_at = null
                where run_id = ? and status = 'retrying'
                """)
            .param(id)
            .update()
        == 1;
  }

  /** The run came to something. */
  public void succeed(UUID id, RunOutcome outcome) {
    jdbc.sql(
            """
            update audit.retrain_runs
            set status = 'success', ended_at = ?, model_version = ?, theta1 = ?, theta2 = ?,
              metrics = ?::jsonb, verdict = ?, reasons = ?::jsonb, resources = ?::jsonb, transfer = nullif(?, ''),
              error_message = null
            where run_id = ? and status = 'running'
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
  }

  /** The run ended without a candidate; {@code status} is failed, retrying or aborted. */
  public void end(UUID id, RunStatus status, String message) {
    jdbc.sql(
            """
            update audit.retrain_runs set status = ?, ended_at = ?, error_message = ?
            where run_id = ? and status in ('running', 'retrying')
            """)
        .params(status.wire(), now(), message, id)
        .update();
  }

  /** Ends rows left running by a process that is no more; the caller holds the {@link RunLock}. */
  public int failOrphans() {
    return jdbc.sql(
            """
            update audit.retrain_runs
            set status = 'failed', ended_at = ?,
              error_message = 'the process that ran it ended without a word'
            where status = 'running'
            """)
        .param(now())
        .update();
  }

  /** The run that is running. */
  public Optional<UUID> running() {
    return jdbc.sql("select run_id from audit.retrain_runs where status = 'running'")
        .query(UUID.class)
        .optional();
  }

  /** Runs waiting to be tried again, oldest first. */
  public List<RetrainRun> retrying() {
    return jdbc.sql(
            "select * from audit.retrain_runs where status = 'retrying' order by started_at")
        .query((row, n) -> run(row))
        .list();
  }

  /** One run. */
  public Optional<RetrainRun> find(UUID id) {
    return jdbc.sql("select * from audit.retrain_runs where run_id = ?")
        .param(id)
        .query((row, n) -> run(row))
        .optional();
  }

  /** The newest runs first. */
  public List<RetrainRun> list(int size, long offset) {
    return jdbc.sql(
            "select * from audit.retrain_runs order by started_at desc, run_id limit ? offset ?")
        .params(size, offset)
        .query((row, n) -> run(row))
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
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private RetrainRun run(ResultSet row) throws SQLException {
    return new RetrainRun(
        row.getObject("run_id", UUID.class),
        row.getTimestamp("started_at").toInstant(),
        instant(row, "ended_at"),
        row.getString("status"),
        row.getInt("retry_count"),
        row.getString("model_version"),
        number(row, "theta1"),
        number(row, "theta2"),
        document(row, "metrics"),
        row.getString("log_path"),
        row.getString("error_message"),
        row.getString("trigger"),
        json.readTree(row.getString("request")),
        row.getString("verdict"),
        document(row, "reasons"),
        document(row, "resources"),
        row.getString("transfer"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  private @Nullable JsonNode document(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : json.readTree(text);
  }
}

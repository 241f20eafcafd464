package io.mlassets.inference.swap;

import io.mlassets.inference.swap.Trial.Outcome;
import io.mlassets.model.ModelVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Trials of new models, in {@code core.model_trials} and {@code core.trial_decisions}: one of a
 * scope at a time, the same for all replicas and over restarts.
 */
@Component
public class Trials {
  private static final int BATCH = 500;
  private static final String COLUMNS =
      """
      select id, model_version, beside_version, bars_due, begun_at, ended_at, outcome, reason
      from core.model_trials
      """;
  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final TransactionOperations transactions;

  Trials(JdbcClient jdbc, JdbcTemplate template, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.template = template;
    this.transactions = transactions;
  }

  /**
   * The trial under way, which is begun if there is none; one of other models ends.
   *
   * @return another replica's, of other models, when it was quicker
   */
  public Trial begin(String scope, ModelVersion version, ModelVersion beside, int barsDue) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              Optional<Trial> open = open(scope);
              if (open.isPresent() && open.get().isOf(version, beside)) {
                return open.get();
              }
              end(scope, Outcome.SUPERSEDED, "%s beside %s".formatted(version, beside));
              jdbc.sql(
                      """
                      insert into core.model_trials
                        (model_scope, model_version, beside_version, bars_due)
                      values (?, ?, ?, ?) on conflict do nothing
                      """)
                  .params(scope, version.value(), beside.value(), barsDue)
                  .update();
              return open(scope).orElseThrow();
            }));
  }

  /** Ends the trial under way, if there is one. */
  public void end(String scope, Outcome outcome, String reason) {
    jdbc.sql(
            """
            update core.model_trials set ended_at = clock_timestamp(), outcome = ?, reason = ?
            where model_scope = ? and ended_at is null
            """)
        .params(outcome.wire(), reason, scope)
        .update();
  }

  private Optional<Trial> open(String scope) {
    return jdbc.sql(COLUMNS + "where model_scope = ? and ended_at is null")
        .param(scope)
        .query((row, n) -> trial(row))
        .optional();
  }

  /** The trial that began last. */
  public Optional<Trial> last(String scope) {
    return jdbc.sql(COLUMNS + "where model_scope = ? order by id desc limit 1")
        .param(scope)
        .query((row, n) -> trial(row))
        .optional();
  }

  /** How far it came. */
  public TrialProgress progress(long trial) {
    return jdbc.sql(
            """
            select count(*), coalesce(min(n), 0), coalesce(max(n), 0), coalesce(sum(n), 0),
              coalesce(sum(agreeing), 0), coalesce(sum(candidates), 0),
              coalesce(sum(entries), 0), coalesce(sum(entries_in_force), 0)
            from (
              select count(*) as n, count(*) filter (where action = in_force_action) as agreeing,
                count(*) filter (where candidate) as candidates,
                count(*) filter (where action = 'ENTER') as entries,
                count(*) filter (where in_force_action = 'ENTER') as entries_in_force
              from core.trial_decisions where trial_id = ? group by pair) as by_pair
            """)
        .param(trial)
        .query(
            (row, n) ->
                new TrialProgress(
                    row.getInt(1),
                    row.getInt(2),
                    row.getInt(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8)))
        .single();
  }

  /** Keeps decisions; one that is there already is left as it is. */
  public void keep(long trial, List<TrialDecision> decisions) {
    template.batchUpdate(
        """
        insert into core.trial_decisions (trial_id, pair, interval, bar_ts, candidate, return_prob,
          risk_score, position_scale, action, reason, in_force_action)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """,
        decisions,
        BATCH,
        (row, decision) -> {
          row.setLong(1, trial);
          row.setString(2, decision.inForce().pair().id());
          row.setString(3, decision.inForce().interval().iso());
          row.setObject(4, decision.inForce().barTs().atOffset(ZoneOffset.UTC));
          row.setBoolean(5, decision.candidate());
          row.setDouble(6, decision.scores().returnProb());
          row.setDouble(7, decision.scores().riskScore());
          row.setDouble(8, decision.scores().positionScale());
          row.setString(9, decision.action().name());
          row.setString(10, decision.reason());
          row.setString(11, decision.inForce().action().name());
        });
  }

  private static Trial trial(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return new Trial(
        row.getLong("id"),
        new ModelVersion(row.getString("model_version")),
        new ModelVersion(row.getString("beside_version")),
        row.getInt("bars_due"),
        Objects.requireNonNull(time(row, "begun_at")),
        time(row, "ended_at"),
        outcome == null ? null : Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
        row.getString("reason"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}

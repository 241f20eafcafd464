package io.mlassets.inference.swap;

import io.mlassets.inference.swap.StepBack.Found;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.database.NullableColumns;
import io.mlassets.platform.web.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Steps back from models, in the database alone: a row of {@code core.model_stepbacks} holds over
 * every restart and for every replica, whatever the registry says, until an operator lifts it. Each
 * change is a row of {@code audit.config_changes} too, in the same transaction.
 */
@Component
public class StepBacks {
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final JsonMapper json;
  private final TellStepBacks tell;

  StepBacks(
      JdbcClient jdbc, TransactionOperations transactions, JsonMapper json, TellStepBacks tell) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.json = json;
    this.tell = tell;
  }

  /** Whether a model may not decide. */
  public boolean isOpen(String scope, ModelVersion version) {
    return jdbc.sql(
            """
            select exists (select 1 from core.model_stepbacks
              where model_scope = ? and model_version = ? and lifted_at is null)
            """)
        .params(scope, version.value())
        .query(Boolean.class)
        .single();
  }

  /** When the last step back from a model was lifted. */
  public Optional<Instant> lastLift(String scope, ModelVersion version) {
    return jdbc.sql(
            """
            select max(lifted_at) from core.model_stepbacks
            where model_scope = ? and model_version = ?
            """)
        .params(scope, version.value())
        .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  /** Steps back from a model and tells people, unless that was done. */
  public void stepBack(
      String scope, ModelVersion version, Found found, String reason, Map<String, ?> figures) {
    boolean made =
        inTransaction(
            () -> {
              int rows =
                  jdbc.sql(
                          """
                          insert into core.model_stepbacks
                            (model_scope, model_version, found, reason, figures)
                          values (?, ?, ?, ?, ?::jsonb) on conflict do nothing
                          """)
                      .params(
                          scope,
                          version.value(),
                          found.wire(),
                          reason,
                          json.writeValueAsString(figures))
                      .update();
              if (rows > 0) {
                audit("inference", scope, null, version, reason);
              }
              return rows > 0;
            });
    if (made) {
      tell.steppedBack(scope, version, found, reason);
    }
  }

  /**
   * Lets a model decide again.
   *
   * @throws NotFoundException if it is not stepped back from
   */
  public void lift(String scope, ModelVersion version, String actor, String reason) {
    inTransaction(
        () -> {
          int rows =
              jdbc.sql(
                      """
                      update core.model_stepbacks
                      set lifted_at = clock_timestamp(), lifted_by = ?, lift_reason = ?
                      where model_scope = ? and model_version = ? and lifted_at is null
                      """)
                  .params(actor, reason, scope, version.value())
                  .update();
          if (rows == 0) {
            throw new NotFoundException("a step back from model " + version);
          }
          audit(actor, scope, version, null, reason);
          return true;
        });
    tell.lifted(scope, version, actor, reason);
  }

  private boolean inTransaction(BooleanSupplier work) {
    return Objects.requireNonNull(transactions.execute(status -> work.getAsBoolean()));
  }

  private void audit(
      String actor,
      String scope,
      @Nullable ModelVersion before,
      @Nullable ModelVersion after,
      String reason) {
    jdbc.sql(
            """
            insert into audit.config_changes (actor, object, key, old_value, new_value, reason)
            values (?, 'model_stepbacks', ?, ?::jsonb, ?::jsonb, ?)
            """)
        .param(actor)
        .param("stepped_back:" + scope)
        .param(before == null ? null : json.writeValueAsString(before))
        .param(after == null ? null : json.writeValueAsString(after))
        .param(reason)
        .update();
  }

  /** Those of a scope, the newest first. */
  public List<StepBack> newest(String scope, int most) {
    return jdbc.sql(
            """
            select model_version, found, stepped_back_at, reason, figures, lifted_at, lifted_by,
              lift_reason
            from core.model_stepbacks where model_scope = ? order by id desc limit ?
            """)
        .params(scope, most)
        .query((row, n) -> stepBack(row))
        .list();
  }

  private StepBack stepBack(ResultSet row) throws SQLException {
    NullableColumns columns = new NullableColumns(row, json);
    return new StepBack(
        new ModelVersion(row.getString("model_version")),
        Found.valueOf(row.getString("found").toUpperCase(Locale.ROOT)),
        Objects.requireNonNull(columns.instant("stepped_back_at")),
        row.getString("reason"),
        json.readTree(row.getString("figures")),
        columns.instant("lifted_at"),
        row.getString("lifted_by"),
        row.getString("lift_reason"));
  }
}

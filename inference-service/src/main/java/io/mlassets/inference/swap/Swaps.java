package io.mlassets.inference.swap;

import io.mlassets.model.ModelVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which models came to decide live, in {@code core.model_swaps}; rows are never changed. */
@Component
public class Swaps {

  /** Why a model came to decide. */
  public enum Cause {
    /** There was none before. */
    FIRST,
    /** No trial was due. */
    AT_ONCE,
    /** It passed its trial. */
    TRIAL,
    /** In the place of one that is stepped back from. */
    STEP_BACK
  }

  private final JdbcClient jdbc;

  Swaps(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The model that came in force last. */
  public Optional<ModelVersion> last(String scope) {
    return jdbc.sql(
            "select model_version from core.model_swaps where model_scope = ? order by id desc"
                + " limit 1")
        .param(scope)
        .query((row, n) -> new ModelVersion(row.getString(1)))
        .optional();
  }

  /** Whether a model came in force at any time. */
  public boolean hasDecided(String scope, ModelVersion version) {
    return jdbc.sql(
            """
            select exists (
              select 1 from core.model_swaps where model_scope = ? and model_version = ?)
            """)
        .params(scope, version.value())
        .query(Boolean.class)
        .single();
  }

  /** All that came in force and are not stepped back from, the last first. */
  public List<ModelVersion> good(String scope) {
    return jdbc.sql(
            """
            select s.model_version from core.model_swaps s
            where s.model_scope = ? and not exists (
              select 1 from core.model_stepbacks b
              where b.model_scope = s.model_scope and b.model_version = s.model_version
                and b.lifted_at is null)
            group by s.model_version order by max(s.id) desc
            """)
        .param(scope)
        .query((row, n) -> new ModelVersion(row.getString(1)))
        .list();
  }

  /** A model comes in force, unless it is the last that did: replicas all say so. */
  public void note(String scope, ModelVersion version, Cause cause) {
    jdbc.sql(
            """
            insert into core.model_swaps (model_scope, model_version, cause)
            select :scope, :version, :cause where :version is distinct from (
              select model_version from core.model_swaps
              where model_scope = :scope order by id desc limit 1)
            """)
        .param("scope", scope)
        .param("version", version.value())
        .param("cause", cause.name().toLowerCase(Locale.ROOT))
        .update();
  }
}

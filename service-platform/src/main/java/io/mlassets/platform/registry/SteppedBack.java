package io.mlassets.platform.registry;

import io.mlassets.model.ModelVersion;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What decides live while inference has stepped back from the active model, by inference's own
 * record; the registry goes on naming that one active.
 */
public final class SteppedBack {
  private final JdbcClient jdbc;

  /** Reads with a role that may read {@code core}. */
  public SteppedBack(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The model that decides instead of the active one: the last that came to decide live and is not
   * stepped back from. Empty when there is no step back from the active one, and when nothing was
   * good before it: then it goes on itself, without entries.
   */
  public Optional<ModelVersion> insteadOfActive(String scope) {
    return jdbc.sql(
            """
            with bad as (
              select model_version from core.model_stepbacks
              where model_scope = :scope and lifted_at is null)
            select s.model_version from core.model_swaps s
              join core.model_artifacts using (model_version)
            where s.model_scope = :scope and s.model_version not in (select model_version from bad)
              and exists (select 1 from core.model_registry join bad using (model_version)
                where model_scope = :scope and model_type = 'AI1' and status = 'active')
            order by s.id desc limit 1
            """)
        .param("scope", scope)
        .query((row, n) -> new ModelVersion(row.getString(1)))
        .optional();
  }
}

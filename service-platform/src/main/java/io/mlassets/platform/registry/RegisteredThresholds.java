package io.mlassets.platform.registry;

import io.mlassets.decision.Thresholds;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Thresholds of bundles as {@code core.model_registry} has them; part of one transaction. */
final class RegisteredThresholds {
  private final JdbcClient jdbc;

  RegisteredThresholds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether a bundle is still active with the thresholds it was seen with. */
  boolean inForce(RegisteredModel seen) {
    return jdbc.sql(
            """
            select theta1, theta2 from core.model_registry
            where model_version = ? and model_scope = ? and model_type = 'AI1' and status = 'active'
            for update
            """)
        .params(seen.version().value(), seen.scope())
        .query((row, n) -> new Thresholds(row.getDouble(1), row.getDouble(2)))
        .optional()
        .filter(seen.thresholds()::equals)
        .isPresent();
  }

  void set(RegisteredModel model, Thresholds next) {
    jdbc.sql(
            """
            update core.model_registry set theta1 = ?, theta2 = ?, updated_at = now()
            where model_version = ? and model_scope = ?
            """)
        .params(next.theta1(), next.theta2(), model.version().value(), model.scope())
        .update();
  }
}

package io.mlassets.validator;

import io.mlassets.platform.registry.SteppedBack;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.signal.SignalMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds models in {@code core.model_registry}, by the rule inference follows: the active one
 * decides live, or the one it was stepped back to from that; without any, the newest that was not
 * adopted decides in shadow.
 */
@Component
public class ModelsInUse {
  private static final String SCOPE = "all";
  private static final String COLUMNS =
      """
      select model_version, status, feature_schema_hash, theta2 from core.model_registry
      where model_type = 'AI1' and model_scope = :scope
      """;
  private final JdbcClient jdbc;
  private final SteppedBack steppedBack;

  ModelsInUse(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.steppedBack = new SteppedBack(jdbc);
  }

  /** The model deciding now; empty when none was ever trained. */
  public Optional<ModelInUse> current() {
    return steppedBack
        .insteadOfActive(SCOPE)
        .map(version -> named(version.value()))
        .or(this::wanted);
  }

  private Optional<ModelInUse> wanted() {
    return jdbc.sql(
            COLUMNS
                + """
                 and status in ('active', 'rejected')
                order by status = 'active' desc, model_version desc limit 1
                """)
        .param("scope", SCOPE)
        .query(ModelsInUse::model)
        .optional();
  }

  /** A model by its version; {@link NotFoundException} when there is none. */
  public ModelInUse named(String version) {
    return jdbc.sql(COLUMNS + " and model_version = :version")
        .param("scope", SCOPE)
        .param("version", version)
        .query(ModelsInUse::model)
        .optional()
        .orElseThrow(() -> new NotFoundException("model " + version));
  }

  private static ModelInUse model(ResultSet row, int number) throws SQLException {
    boolean rejected = "rejected".equals(row.getString("status"));
    return new ModelInUse(
        row.getString("model_version"),
        rejected ? SignalMode.SHADOW : SignalMode.LIVE,
        row.getString("feature_schema_hash"),
        row.getDouble("theta2"));
  }
}

package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.platform.ServiceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The latest features, scores and state of each pair in table {@code pairs_latest} of a SQLite
 * file, for other tools to read while it is written (I-08). What fails is tried again.
 */
@Component
class SqliteCache extends StateWriter<PairState> {
  private static final Logger log = LoggerFactory.getLogger(SqliteCache.class);
  private static final String TABLE =
      """
      create table if not exists pairs_latest (
        pair text primary key, interval text not null, mode text not null,
        model_version text not null, bar_ts text not null, z_score real, return_prob real,
        risk_score real, position_scale real, action text not null, reason text not null,
        position text not null, position_confirmed integer not null, bars_held integer not null,
        missing_legs integer not null, schema_hash text, features text, written_at text not null)
      """;
  private static final String WRITE =
      "insert or replace into pairs_latest values (%s)"
          .formatted(String.join(", ", Collections.nCopies(18, "?")));

  private final SqliteFile file;
  private final JsonMapper json;
  private final Clock clock;
  private final MeterRegistry meters;

  /** Of the writing thread alone. */
  private @Nullable Connection connection;

  private boolean failing;

  /**
   * Over one file.
   *
   * @param path the file; empty for {@code inference/cache.sqlite} in the folder of run-time files
   */
  SqliteCache(
      @Value("${inference.cache.file:}") String path,
      ServiceSettings settings,
      JsonMapper json,
      Clock clock,
      MeterRegistry meters) {
    super("sqlite-cache", PairState::pair);
    this.file =
        new SqliteFile(
            path.isBlank()
                ? settings.var().path().resolve("inference").resolve("cache.sqlite")
                : Path.of(path));
    this.json = json;
    this.clock = clock;
    this.meters = meters;
    meters.counter("cache_write_failures_total");
  }

  @Override
  protected boolean write(List<PairState> states) {
    try {
      inOneTransaction(states);
    } catch (SQLException | IOException | RuntimeException e) {
      meters.counter("cache_write_failures_total").increment();
      log.warn("{} is not written, again soon: {}", file.path(), e.toString());
      release();
      failing = true;
      return false;
    }
    if (failing) {
      log.info("{} is written again", file.path());
    }
    failing = false;
    return true;
  }

  /** All of them in one transaction: a reader sees one round of decisions, never half of it. */
  private void inOneTransaction(List<PairState> states) throws SQLException, IOException {
    Connection open = open();
    String now = clock.instant().toString();
    try (Statement statement = open.createStatement()) {
      statement.execute(TABLE);
    }
    try (PreparedStatement statement = open.prepareStatement(WRITE)) {
      for (PairState state : states) {
        bind(statement, state, now);
        statement.addBatch();
      }
      statement.executeBatch();
    }
    open.commit();
  }

  private Connection open() throws SQLException, IOException {
    Connection open = connection;
    if (open == null) {
      open = file.openToWrite();
      connection = open;
      open.setAutoCommit(false);
    }
    return open;
  }

  private void bind(PreparedStatement statement, PairState state, String now) throws SQLException {
    Object[] values = {
      state.pair().id(),
      state.interval().iso(),
      state.mode().wire(),
      state.modelVersion(),
      state.barTs().toString(),
      state.zScore(),
      state.returnProb(),
      state.riskScore(),
      state.positionScale(),
      state.action().name(),
      state.reason(),
      state.position(),
      state.positionConfirmed() ? 1 : 0,
      state.barsHeld(),
      state.missingLegs(),
      state.features() == null ? null : schemaOf(state.features()).hash(),
      state.features() == null ? null : json.writeValueAsString(state.features()),
      now,
    };
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  @Override
  protected void release() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        log.debug("closing {}: {}", file.path(), e.toString());
      }
    }
  }

  private static FeatureSchema schemaOf(Map<String, Double> features) {
    return FeatureSchema.of(List.copyOf(features.keySet()));
  }
}

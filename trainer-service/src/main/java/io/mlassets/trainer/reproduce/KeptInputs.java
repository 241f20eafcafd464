package io.mlassets.trainer.reproduce;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.trainer.dataset.DataRequest;
import io.mlassets.trainer.engine.EngineChoice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of {@code core.training_inputs}. */
public final class KeptInputs {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  /** Over one database. */
  public KeptInputs(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Keeps the inputs of a bundle that is stored already. */
  public void keep(ModelVersion version, TrainingInputs inputs) {
    DataRequest data = inputs.data();
    jdbc.sql(
            """
            insert into core.training_inputs (model_version, pairs, interval, window_start,
              window_end, seed, trials, engine, bars_sha256,
              pipeline_schema, features_sha256, config)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            """)
        .params(
            version.value(),
            data.pairs().stream().map(Pair::id).toArray(String[]::new),
            data.interval().iso(),
            utc(data.from()),
            utc(data.to()),
            inputs.seed(),
            inputs.trials(),
            inputs.engine().wire(),
            inputs.barsSha256())
        .param(data.pipelineSchema())
        .param(inputs.featuresSha256())
        .param(json.writeValueAsString(inputs.config().texts()))
        .update();
  }

  /** The inputs of a bundle. */
  public Optional<TrainingInputs> of(ModelVersion version) {
    return jdbc.sql("select * from core.training_inputs where model_version = ?")
        .param(version.value())
        .query((row, n) -> inputs(row))
        .optional();
  }

  private TrainingInputs inputs(ResultSet row) throws SQLException {
    List<Pair> pairs =
        Arrays.stream((String[]) row.getArray("pairs").getArray()).map(Pair::parse).toList();
    return new TrainingInputs(
        new DataRequest(
            pairs,
            BarInterval.parse(row.getString("interval")),
            row.getObject("window_start", OffsetDateTime.class).toInstant(),
            row.getObject("window_end", OffsetDateTime.class).toInstant(),
            row.getString("pipeline_schema")),
        row.getString("bars_sha256"),
        row.getString("features_sha256"),
        row.getLong("seed"),
        row.getInt("trials"),
        EngineChoice.parse(row.getString("engine")),
        new ConfigFiles(
            json.readValue(
                row.getString("config"), new TypeReference<TreeMap<String, String>>() {})));
  }

  private static OffsetDateTime utc(@org.jspecify.annotations.Nullable Instant instant) {
    return Objects.requireNonNull(instant, "the window is closed").atOffset(ZoneOffset.UTC);
  }
}

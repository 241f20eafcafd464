package io.mlassets.inference.features;

import io.mlassets.feature.FeatureVector;
import io.mlassets.platform.database.Quarantine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The vectors the data pipeline stored in {@code core.features}. */
final class StoredVectors {
  private final JdbcClient jdbc;
  private final Quarantine quarantine;

  StoredVectors(JdbcClient jdbc, Quarantine quarantine) {
    this.jdbc = jdbc;
    this.quarantine = quarantine;
  }

  /** The vector of a bar; one that is none is quarantined, and there is none then. */
  Optional<FeatureVector> find(VectorKey key, Instant ts) {
    return jdbc.sql(
            """
            select feature_values from core.features
            where pair = ? and interval = ? and ts = ? and schema_hash = ?
            """)
        .params(
            key.pair().id(), key.interval().iso(), ts.atOffset(ZoneOffset.UTC), key.schema().hash())
        .query((row, n) -> (Double[]) row.getArray(1).getArray())
        .optional()
        .flatMap(values -> vector(key, ts, values));
  }

  private Optional<FeatureVector> vector(VectorKey key, Instant ts, Double[] stored) {
    double[] values =
        Arrays.stream(stored).mapToDouble(value -> value == null ? Double.NaN : value).toArray();
    try {
      return Optional.of(FeatureVector.of(key.schema(), key.pair(), ts, values));
    } catch (IllegalArgumentException e) {
      String where = "%s %s %s %s".formatted(key.pair(), key.interval(), ts, key.schema().hash());
      quarantine.refuseOnce(
          "core.features", String.valueOf(e.getMessage()), Arrays.toString(stored), where);
      return Optional.empty();
    }
  }
}

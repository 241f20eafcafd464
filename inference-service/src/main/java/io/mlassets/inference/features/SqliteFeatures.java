package io.mlassets.inference.features;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.inference.SqliteFile;
import io.mlassets.inference.SqliteRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Vectors of table {@code features} in a SQLite file that the data pipeline writes meanwhile. */
final class SqliteFeatures implements FeatureSource {
  private static final List<String> KEY = List.of("pair", "interval", "ts", "schema_hash");
  private static final List<String> COLUMNS =
      List.of("pair", "interval", "ts", "schema_hash", "feature_values");
  private final SqliteFile file;
  private final Duration pollEvery;
  private final JsonMapper json;
  private final MeterRegistry meters;
  private final Clock clock;
  private @Nullable SqliteRows rows;

  SqliteFeatures(
      SqliteFile file, Duration pollEvery, JsonMapper json, MeterRegistry meters, Clock clock) {
    this.file = file;
    this.pollEvery = pollEvery;
    this.json = json;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sqlite features";
  }

  /** From the day on: texts of one time are written in more than one way, but days sort alike. */
  @Override
  public void start(Instant after, Consumer<List<FeatureEntry>> handler) {
    String day = LocalDate.ofInstant(after, ZoneOffset.UTC).toString();
    SqliteRows reading =
        new SqliteRows(
            file,
            new SqliteRows.Table("features", COLUMNS, KEY, day),
            pollEvery,
            json,
            () -> meters.counter("features_read_failures_total").increment(),
            clock);
    rows = reading;
    reading.start(
        SqliteRows.BEGINNING,
        read ->
            handler.accept(
                read.stream().map(row -> new FeatureEntry(row.id(), row.json())).toList()));
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
  }
}

package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Bars of table {@code bars} in a SQLite file that the data pipeline writes meanwhile. */
final class SqliteBars implements BarSource {
  private static final SqliteRows.Table TABLE =
      new SqliteRows.Table(
          "bars",
          List.of("symbol", "interval", "ts", "open", "high", "low", "close", "volume"),
          List.of("symbol", "interval", "ts"),
          "");
  private final SqliteRows rows;

  SqliteBars(
      SqliteFile file, Duration pollEvery, JsonMapper json, MeterRegistry meters, Clock clock) {
    this.rows =
        new SqliteRows(
            file,
            TABLE,
            pollEvery,
            json,
            () -> meters.counter("bars_read_failures_total").increment(),
            clock);
  }

  @Override
  public String name() {
    return "sqlite bars";
  }

  @Override
  public String kind() {
    return "sqlite";
  }

  @Override
  public String beginning() {
    return SqliteRows.BEGINNING;
  }

  @Override
  public Comparator<String> order() {
    return Comparator.comparingLong(SqliteRows::rowOf);
  }

  @Override
  public void start(String after, Consumer<List<BarEntry>> handler) {
    rows.start(after, read -> handler.accept(read.stream().map(SqliteBars::entry).toList()));
  }

  private static BarEntry entry(SqliteRows.Row row) {
    return new BarEntry(row.id(), row.json(), row.cameAt());
  }

  @Override
  public void close() {
    rows.close();
  }
}

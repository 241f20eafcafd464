package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static io.mlassets.inference.ShownStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.Pair;
import io.mlassets.platform.ServiceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Tag("I-08")
class SqliteCacheTest {
  private static final List<Pair> PAIRS =
      List.of(Pair.parse("XAUUSD-XAGUSD"), Pair.parse("US500-USTEC"), Pair.parse("EURJPY-GBPJPY"));

  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private SqliteCache cache;

  private Path file() {
    return folder.resolve("cache").resolve("cache.sqlite");
  }

  private void startCache() {
    cache =
        new SqliteCache(
            file().toString(),
            new ServiceSettings(
                new ServiceSettings.Config("config", Duration.ofSeconds(1)),
                new ServiceSettings.Var("var"),
                new ServiceSettings.MarketTime(ServiceSettings.Mode.BARS)),
            JsonMapper.builder().build(),
            Clock.systemUTC(),
            meters);
    cache.start();
  }

  @AfterEach
  void stop() {
    cache.stop();
  }

  private static List<PairState> round(int number) {
    return PAIRS.stream().map(pair -> state(pair, number)).toList();
  }

  private Connection reader() throws SQLException {
    return new SqliteFile(file()).openToRead();
  }

  /** The round every pair shows; fails when they show different ones. */
  private static long shown(Connection reader) throws SQLException {
    try (Statement statement = reader.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*), min(missing_legs), max(missing_legs) from pairs_latest")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(PAIRS.size());
      assertThat(row.getLong(2)).as("one round").isEqualTo(row.getLong(3));
      return row.getLong(3);
    }
  }

  private boolean shows(long round) {
    try (Connection reader = reader()) {
      return shown(reader) == round;
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  @Timeout(60)
  void another_connection_reads_whole_rounds_while_they_are_written() throws Exception {
    startCache();
    cache.show(round(0));
    await("the first round", () -> shows(0));
    try (Connection reader = reader()) {
      long last = 0;
      int changes = 0;
      int number = 0;
      while (changes < 4) {
        cache.show(round(++number));
        long now = shown(reader);
        assertThat(now).isGreaterThanOrEqualTo(last);
        changes += now > last ? 1 : 0;
        last = now;
      }
      int newest = number;
      await("the last round", () -> shows(newest));
    }
    assertThat(meters.counter("cache_write_failures_total").count()).isZero();
  }

  @Test
  void a_row_has_features_scores_and_state() throws Exception {
    startCache();
    cache.show(round(7));
    await("the round", () -> shows(7));
    try (Connection reader = reader();
        Statement statement = reader.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select interval, mode, model_version, bar_ts, z_score, return_prob, risk_score,
                       position_scale, action, reason, position, schema_hash,
                       json_extract(features, '$.z_score')
                from pairs_latest where pair = 'US500-USTEC'
                """)) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("PT1H");
      assertThat(row.getString(2)).isEqualTo("live");
      assertThat(row.getString(3)).isEqualTo("20260101_0000");
      assertThat(row.getString(4)).isEqualTo("2026-01-05T07:00:00Z");
      assertThat(row.getDouble(5)).isEqualTo(7);
      assertThat(row.getDouble(6)).isEqualTo(0.25);
      assertThat(row.getDouble(7)).isEqualTo(0.5);
      assertThat(row.getDouble(8)).isEqualTo(1);
      assertThat(row.getString(9)).isEqualTo("HOLD");
      assertThat(row.getString(10)).isEqualTo("no candidate");
      assertThat(row.getString(11)).isEqualTo("FLAT");
      assertThat(row.getString(12)).isEqualTo(FeatureSchema.of(List.of("z_score")).hash());
      assertThat(row.getDouble(13)).isEqualTo(7.1);
    }
  }

  @Test
  void a_file_that_cannot_be_written_is_counted_stops_nobody_and_is_written_later()
      throws Exception {
    Files.writeString(folder.resolve("cache"), "a file where the folder should be");
    startCache();
    long begin = System.nanoTime();
    for (int number = 0; number < 1_000; number++) {
      cache.show(round(number));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    await("a failure", () -> meters.counter("cache_write_failures_total").count() >= 2);
    Files.delete(folder.resolve("cache"));
    await("the newest round", () -> shows(999));
  }

  @Test
  void a_reader_that_holds_the_file_locked_delays_the_file_only() throws Exception {
    startCache();
    cache.show(round(0));
    await("the first round", () -> shows(0));
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      for (int number = 1; number <= 100; number++) {
        cache.show(round(number));
      }
      await("a failure", () -> meters.counter("cache_write_failures_total").count() >= 1);
      assertThat(shows(0)).isTrue();
      statement.execute("rollback");
    }
    await("the newest round", () -> shows(100));
  }

  @Test
  void what_was_shown_last_is_in_the_file_after_a_stop() {
    startCache();
    cache.show(round(3));
    cache.stop();
    assertThat(shows(3)).isTrue();
  }
}

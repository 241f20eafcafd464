package io.mlassets.bench.damage;

import io.mlassets.bench.faults.Servers;
import io.mlassets.bench.faults.TimedBars.Fed;
import io.mlassets.bench.faults.WaveMarket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is on record of decisions. */
final class Decisions {
  private static final long SETTLE_SECONDS = 60;
  private final Servers servers;

  Decisions(Servers servers) {
    this.servers = servers;
  }

  /**
   * Bars that were fed against decisions on record.
   *
   * @param due pairs times bars
   * @param missing of them
   * @param doubled decisions beyond one
   * @param strangers decisions by versions that may not decide
   * @param whileDamaged seconds from a bar's feeding to its last decision's commit, while damaged
   *     bundles were offered
   * @param whileLost the same while files were lost
   * @param whileKilled the same while the process was killed
   */
  record Decided(
      long due,
      long missing,
      long doubled,
      long strangers,
      Times whileDamaged,
      Times whileLost,
      Times whileKilled) {}

  /** Decisions on one bar. */
  private record OnBar(long count, long pairs, Instant at) {}

  /** When the newest was committed; the epoch without any. */
  Instant newest() throws SQLException {
    return moment(
        "select max(created_at) from core.signals_live where created_at > ?", Instant.EPOCH);
  }

  /** When the first after a moment was committed. */
  Instant firstAfter(Instant moment) throws SQLException {
    return moment("select min(created_at) from core.signals_live where created_at > ?", moment);
  }

  private Instant moment(String sql, Instant after) throws SQLException {
    try (Connection connection = servers.connect();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, after.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        OffsetDateTime found = row.getObject(1, OffsetDateTime.class);
        return found == null ? Instant.EPOCH : found.toInstant();
      }
    }
  }

  /**
   * What came of all bars, once there was time for the last.
   *
   * @param whileLost number of the first bar fed while files were lost
   * @param whileKilled the same while the process was killed
   * @param versions that may decide
   */
  Decided of(List<Fed> fed, int whileLost, int whileKilled, Set<String> versions)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
    Decided decided = compare(fed, whileLost, whileKilled, versions);
    while (decided.missing() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(500);
      decided = compare(fed, whileLost, whileKilled, versions);
    }
    return decided;
  }

  private Decided compare(List<Fed> fed, int whileLost, int whileKilled, Set<String> versions)
      throws SQLException {
    Map<Instant, OnBar> onBars = onBars();
    long due = (long) fed.size() * WaveMarket.PAIRS.size();
    long pairs =
        fed.stream()
            .map(bar -> onBars.get(bar.ts()))
            .filter(Objects::nonNull)
            .mapToLong(OnBar::pairs)
            .sum();
    long all = onBars.values().stream().mapToLong(OnBar::count).sum();
    return new Decided(
        due,
        due - pairs,
        all - pairs,
        strangers(versions),
        times(fed.subList(0, whileLost), onBars),
        times(fed.subList(whileLost, whileKilled), onBars),
        times(fed.subList(whileKilled, fed.size()), onBars));
  }

  private Map<Instant, OnBar> onBars() throws SQLException {
    Map<Instant, OnBar> found = new HashMap<>();
    try (Connection connection = servers.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select bar_ts, count(*), count(distinct pair), max(created_at)"
                    + " from core.signals_live group by 1")) {
      while (rows.next()) {
        found.put(
            rows.getObject(1, OffsetDateTime.class).toInstant(),
            new OnBar(
                rows.getLong(2),
                rows.getLong(3),
                rows.getObject(4, OffsetDateTime.class).toInstant()));
      }
    }
    return found;
  }

  private static Times times(List<Fed> fed, Map<Instant, OnBar> onBars) {
    List<Double> seconds = new ArrayList<>();
    for (Fed bar : fed) {
      OnBar on = onBars.get(bar.ts());
      if (on != null) {
        seconds.add(Duration.between(bar.at(), on.at()).toNanos() / 1e9);
      }
    }
    return new Times(seconds);
  }

  private long strangers(Set<String> versions) throws SQLException {
    try (Connection connection = servers.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from core.signals_live"
                    + " where mode <> 'live' or not model_version = any(?)")) {
      query.setArray(1, connection.createArrayOf("text", versions.toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

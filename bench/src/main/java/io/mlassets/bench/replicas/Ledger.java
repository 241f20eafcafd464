package io.mlassets.bench.replicas;

import io.mlassets.bench.faults.Servers;
import io.mlassets.bench.faults.TimedBars.Fed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is on record of shards and decisions. */
final class Ledger {
  private static final String DECISIONS =
      """
      with fed as (select unnest(array[%s]::timestamptz[]) as ts),
        due as (select pair, ts from fed cross join
          (select unnest(pairs) as pair from core.shards) pairs),
        made as (select pair, bar_ts as ts, count(*) as times from core.signals
          where bar_ts >= (select min(ts) from fed) group by 1, 2)
      select count(*) filter (where made.ts is null),
        coalesce(sum(made.times - 1) filter (where due.ts is not null), 0),
        count(*) filter (where due.ts is null)
      from due full outer join made using (pair, ts)
      """;

  /** A decision must begin with what the one before left. */
  private static final String BROKEN_CHAINS =
      """
      with chain as (
        select s.action, d.entry_ts, d.bars_held,
          lag(s.action) over w as before, lag(s.bar_ts) over w as before_ts,
          lag(d.entry_ts) over w as before_entry, lag(d.bars_held) over w as before_held
        from core.signals_live s join core.decision_states d using (signal_id)
        window w as (partition by s.pair order by s.bar_ts))
      select count(*) from chain where before is not null and (
        (before = 'ENTER' and entry_ts is distinct from before_ts)
        or (before = 'EXIT' and entry_ts is not null)
        or (before = 'HOLD' and entry_ts is not null
            and (entry_ts is distinct from before_entry or bars_held <> before_held + 1)))
      """;

  private final Servers servers;

  Ledger(Servers servers) {
    this.servers = servers;
  }

  /**
   * Bars against decisions.
   *
   * @param missing pairs of a bar without a decision
   * @param doubled decisions beyond one
   * @param strangers decisions on what was not fed
   */
  record Decisions(long missing, long doubled, long strangers) {}

  /** The epochs of the shards a replica holds. */
  SortedMap<Integer, Long> epochs(String owner) throws SQLException {
    SortedMap<Integer, Long> epochs = new TreeMap<>();
    try (Connection connection = servers.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select shard, epoch from core.shards where owner like '"
                    + owner
                    + "-%' and until >= clock_timestamp()")) {
      while (rows.next()) {
        epochs.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return epochs;
  }

  /** Whether each of these shards has a newer owner. */
  boolean tookOver(SortedMap<Integer, Long> before) throws SQLException {
    long taken = 0;
    for (Map.Entry<Integer, Long> shard : before.entrySet()) {
      taken +=
          servers.number(
              "select count(*) from core.shards where owner is not null and shard = %d and epoch > %d"
                  .formatted(shard.getKey(), shard.getValue()));
    }
    return taken == before.size();
  }

  /** Replicas that are alive. */
  long alive() throws SQLException {
    return servers.number("select count(*) from core.replicas where until >= clock_timestamp()");
  }

  /** Shards somebody decides for. */
  long held() throws SQLException {
    return servers.number(
        "select count(*) from core.shards where owner is not null and until >= clock_timestamp()");
  }

  /** Times a shard was taken. */
  long epoch() throws SQLException {
    return servers.number("select max(epoch) from core.shard_plans");
  }

  /** Start of the first bar after all there are. */
  Instant nextBar() throws SQLException {
    return Instant.ofEpochSecond(
        servers.number("select extract(epoch from max(ts))::bigint + 60 from core.bars"));
  }

  Decisions decisions(List<Fed> fed) throws SQLException {
    List<String> starts = fed.stream().map(bars -> "'" + bars.ts() + "'").toList();
    try (Connection connection = servers.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DECISIONS.formatted(String.join(", ", starts)))) {
      row.next();
      return new Decisions(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  long brokenChains() throws SQLException {
    return servers.number(BROKEN_CHAINS);
  }

  /** Seconds from the feeding of each bar to the commit of its last decision. */
  List<Double> seconds(List<Fed> fed) throws SQLException {
    Map<Instant, Instant> last = new HashMap<>();
    try (Connection connection = servers.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select bar_ts, max(created_at) from core.signals_live group by 1")) {
      while (rows.next()) {
        last.put(
            rows.getObject(1, OffsetDateTime.class).toInstant(),
            rows.getObject(2, OffsetDateTime.class).toInstant());
      }
    }
    List<Double> seconds = new ArrayList<>();
    for (Fed bars : fed) {
      Instant decided = last.get(bars.ts());
      if (decided != null) {
        seconds.add(Duration.between(bars.at(), decided).toNanos() / 1e9);
      }
    }
    return seconds;
  }
}

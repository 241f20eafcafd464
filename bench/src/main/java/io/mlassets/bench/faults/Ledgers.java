package io.mlassets.bench.faults;

import io.mlassets.channel.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares who has what: outbox, log, broker, booked trades. */
final class Ledgers {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Channels CHANNELS = new Channels("");
  private static final int PAGE = 1_000;
  private static final long SETTLE_SECONDS = 120;

  /** The broker's deals, each with the signal's number that its order's magic number holds. */
  private static final String DEALS =
      """
      create temporary table deals (line bigint, magic bigint, pair text, symbol text,
        at timestamptz, ticket bigint, lots double precision,
        seq bigint generated always as ((magic - 700000000000000000) / 100) stored)
      """;

  private static final String WITHOUT_OUTCOME =
      """
      select count(*) from core.signals_live s
      left join core.signal_dispatch d using (signal_id)
      where d.signal_id is null or (d.seq is not null and d.sent_at is null)
      """;

  private static final String ORDERS =
      """
      select count(*) from core.signals_live s join core.signal_dispatch d using (signal_id)
      where d.sent_at is not null and d.outcome = 'PUBLISHED' and s.action <> 'HOLD'
      """;

  private static final String UNANSWERED =
      ORDERS
          + """
          and not exists (
            select from core.signal_outcomes o
            where o.account = '%s' and o.signal_id = s.signal_id and o.signal_seq = d.seq)
          """
              .formatted(Floor.ACCOUNT);

  private static final String GAPS =
      "select coalesce(max(seq), 0) - count(seq) from core.signal_dispatch where stream ="
          + " 'all:live'";

  private static final String STALE_WRITES =
      """
      select count(*) from (
        select epoch < lag(epoch) over (order by seq) as stale from core.signal_dispatch
        where stream = 'all:live' and seq is not null) as numbers
      where stale
      """;

  private static final String TRADES_DIFFER =
      """
      select count(*) from deals d
      full outer join (select * from core.live_trades where account = '%s') t
        on t.deal_ticket = d.ticket
      left join core.signal_dispatch o on o.stream = 'all:live' and o.seq = t.signal_seq
      where d.ticket is null or t.deal_ticket is null or o.signal_id is distinct from t.signal_id
        or t.signal_seq <> d.seq or t.pair <> d.pair or t.symbol <> d.symbol
        or abs(t.lots - abs(d.lots)) > 1e-9 or (t.side = 'BUY') <> (d.lots > 0)
      """
          .formatted(Floor.ACCOUNT);

  private static final String DOUBLED =
      """
      select count(*) from (
        select magic from deals group by magic having count(distinct line) > 1) as orders
      """;

  private static final String INVERTED =
      """
      select count(*) from (
        select seq < lag(seq) over (partition by pair order by line) as back from deals) as orders
      where back
      """;

  private static final String EXPIRED =
      """
      select count(*) from deals d
      join core.signal_dispatch o on o.stream = 'all:live' and o.seq = d.seq
      join core.signals_live s using (signal_id)
      where s.action = 'ENTER' and d.magic % 10 = 0 and d.at > s.expires_at
      """;

  /** Both symbols' bars come together; of the newest the last step may have been cut off. */
  private static final String UNDECIDED =
      """
      with newest as (select max(ts) as ts from core.bars)
      select coalesce(sum(abs(bars - signals)), 0) from (
        select (select count(*) from core.bars b, newest n
                where b.symbol = split_part(s.pair, '-', 1) and b.ts >= min(s.bar_ts)
                  and b.ts < n.ts) as bars,
               count(*) filter (where s.bar_ts < (select ts from newest)) as signals
        from core.signals_live s where exists (select from core.bars) group by s.pair) as pairs
      """;

  private final Floor floor;

  Ledgers(Floor floor) {
    this.floor = floor;
  }

  /** What they say when no more signals come and all had time to arrive. */
  Findings settled() throws SQLException, IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
    Findings findings = compare();
    while (!findings.broken().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(1_000);
      findings = compare();
    }
    return findings;
  }

  private Findings compare() throws SQLException, IOException {
    try (Connection connection = floor.servers().connect();
        Statement statement = connection.createStatement();
        Jedis redis = floor.servers().redis()) {
      statement.execute(DEALS);
      load(connection, floor.brokerFile());
      return new Findings(
          count(statement, "select count(*) from core.signals_live"),
          count(statement, ORDERS),
          count(statement, "select count(*) from deals"),
          count(statement, UNDECIDED),
          count(statement, WITHOUT_OUTCOME),
          count(statement, UNANSWERED),
          count(statement, GAPS),
          count(statement, STALE_WRITES),
          logDiffers(connection, redis),
          count(statement, TRADES_DIFFER),
          count(statement, DOUBLED),
          count(statement, INVERTED),
          count(statement, EXPIRED));
    }
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void load(Connection connection, Path broker) throws SQLException, IOException {
    List<String> lines = Files.readAllLines(broker);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into deals (line, magic, pair, symbol, at, ticket, lots)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
      for (int line = 0; line < lines.size(); line++) {
        JsonNode order = JSON.readTree(lines.get(line));
        for (JsonNode deal : order.required("deals")) {
          insert.setLong(1, line);
          insert.setLong(2, order.required("magic").longValue());
          insert.setString(3, order.required("pair").stringValue());
          insert.setString(4, order.required("symbol").stringValue());
          insert.setObject(
              5, Instant.parse(order.required("at").stringValue()).atOffset(ZoneOffset.UTC));
          insert.setLong(6, deal.required("ticket").longValue());
          double lots = deal.required("lots").doubleValue();
          insert.setDouble(7, order.required("lots").doubleValue() < 0 ? -lots : lots);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** Entries that are not the bytes of their number, and one if the last sent is not the last. */
  private static long logDiffers(Connection connection, Jedis redis) throws SQLException {
    long differs = 0;
    long tip = 0;
    try (PreparedStatement payloads =
        connection.prepareStatement(
            "select seq, payload from core.signal_dispatch"
                + " where stream = 'all:live' and seq between ? and ? and sent_at is not null"
                + " order by seq")) {
      List<StreamEntry> page = page(redis, 0);
      while (!page.isEmpty()) {
        long first = page.getFirst().getID().getTime();
        tip = page.getLast().getID().getTime();
        payloads.setLong(1, first);
        payloads.setLong(2, tip);
        try (ResultSet rows = payloads.executeQuery()) {
          for (StreamEntry entry : page) {
            boolean same =
                rows.next()
                    && rows.getLong(1) == entry.getID().getTime()
                    && rows.getString(2).equals(entry.getFields().get(Channels.PAYLOAD));
            differs += same ? 0 : 1;
          }
        }
        page = page(redis, tip + 1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      long sent =
          count(
              statement,
              "select coalesce(max(seq), 0) from core.signal_dispatch"
                  + " where stream = 'all:live' and sent_at is not null");
      return differs + (sent == tip ? 0 : 1);
    }
  }

  private static List<StreamEntry> page(Jedis redis, long from) {
    return redis.xrange(CHANNELS.signalsLog(), from + "-0", "+", PAGE);
  }
}

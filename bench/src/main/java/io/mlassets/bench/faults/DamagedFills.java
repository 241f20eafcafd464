package io.mlassets.bench.faults;

import io.mlassets.channel.Channels;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;

/**
 * Fills of an account of its own on stream {@code fills}: sound ones, each sent twice, among
 * damaged ones, none of which says anything true.
 */
final class DamagedFills {
  private static final Channels CHANNELS = new Channels("");
  private static final String ACCOUNT = "damaged-1";
  private static final int SOUND_EVERY = 20;
  private static final int BATCH = 500;
  private static final long PATIENCE_SECONDS = 600;

  /**
   * What became of them.
   *
   * @param damaged different damaged fills
   * @param quarantined of them, with a reason
   * @param accepted deals booked that no sound fill told
   * @param sound fills
   * @param lost of them not booked
   */
  record Result(long damaged, long quarantined, long accepted, long sound, long lost) {}

  private record Entry(long seq, String pair) {
    private String fill(long ticket) {
      return "{\"account\":\"%s\",\"signal_seq\":%d,\"pair\":\"%s\",\"symbol\":\"%s\",\"side\":\"SELL\",\"lots\":0.25,\"price\":1.5,\"deal_ticket\":%d,\"filled_at\":\"2026-01-05T10:00:00Z\",\"retcode\":10009}"
          .formatted(ACCOUNT, seq, pair, pair.substring(0, pair.indexOf('-')), ticket);
    }
  }

  private final Floor floor;
  private final SplittableRandom random = new SplittableRandom(2);

  DamagedFills(Floor floor) {
    this.floor = floor;
  }

  /** Sends so many damaged ones and waits until all are dealt with. */
  Result send(int count) throws SQLException, InterruptedException {
    List<Entry> entries = entries();
    Set<String> damaged = new HashSet<>();
    List<String> batch = new ArrayList<>();
    long sound = 0;
    try (Jedis redis = floor.redis()) {
      for (int i = 0; i < count; i++) {
        Entry entry = entries.get(i % entries.size());
        String bad = damaged(entry, 1_000_000_000L + i, i);
        damaged.add(bad);
        batch.add(bad);
        if (i % SOUND_EVERY == 0 || i == count - 1) {
          sound++;
          batch.add(entry.fill(sound));
          batch.add(entry.fill(sound));
        }
        if (batch.size() >= BATCH || i == count - 1) {
          add(redis, batch);
          batch.clear();
        }
      }
    }
    awaitBooked(sound);
    return result(damaged, sound);
  }

  private static void add(Jedis redis, List<String> fills) {
    try (Pipeline pipeline = redis.pipelined()) {
      for (String fill : fills) {
        pipeline.xadd(CHANNELS.fills(), StreamEntryID.NEW_ENTRY, Map.of(Channels.PAYLOAD, fill));
      }
      pipeline.sync();
    }
  }

  private List<Entry> entries() throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (Connection connection = floor.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select d.seq, s.pair from core.signal_dispatch d"
                    + " join core.signals_live s using (signal_id)"
                    + " where s.action = 'ENTER' and d.outcome = 'PUBLISHED'"
                    + " and d.sent_at is not null limit 1000")) {
      while (rows.next()) {
        entries.add(new Entry(rows.getLong(1), rows.getString(2)));
      }
    }
    return entries;
  }

  private String damaged(Entry entry, long ticket, int i) {
    String fill = entry.fill(ticket);
    return switch (i % 8) {
      case 0 -> fill.substring(0, 1 + (i / 8) % (fill.length() - 1));
      case 1 -> fill.replace("\"lots\":0.25", "\"lots\":0.25,\"lots\":0.25");
      case 2 -> fill.replace("0.25", random.nextBoolean() ? "9e999" : "1" + "0".repeat(30));
      case 3 -> fill.replace(entry.pair(), "NOPE-NADA");
      case 4 -> fill.replace("\"signal_seq\":", "\"signal_seq\":99999999");
      case 5 -> fill.replace(":0.25", random.nextBoolean() ? ":\"0.25\"" : ":-0.25");
      case 6 -> fill.replace("\"SELL\"", random.nextBoolean() ? "\"HOLD\"" : "null");
      default -> {
        int at = random.nextInt(fill.length());
        yield fill.substring(0, at) + '\u0001' + fill.substring(at);
      }
    };
  }

  private void awaitBooked(long ticket) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String last = "deal_ticket = " + ticket;
    while (count(last) == 0 && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
  }

  private long count(String where) throws SQLException {
    return floor.number(
        "select count(*) from core.live_trades where account = '%s' and %s"
            .formatted(ACCOUNT, where));
  }

  private Result result(Set<String> damaged, long sound) throws SQLException {
    Set<String> found = new HashSet<>();
    try (Connection connection = floor.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select payload from core.quarantine where reason <> '' and source = 'stream"
                    + " fills'")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    found.retainAll(damaged);
    return new Result(
        damaged.size(),
        found.size(),
        count("deal_ticket not between 1 and " + sound),
        sound,
        sound - count("deal_ticket between 1 and " + sound));
  }
}

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
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;

/** Damaged fills on stream {@code fills}, and among them sound ones, each sent twice. */
final class DamagedFills {
  private static final Channels CHANNELS = new Channels("");
  private static final String ACCOUNT = "damaged-1";
  private static final long FIRST_TICKET = 1_000_000_000;
  private static final int SOUND_EVERY = 20;
  private static final int BATCH = 500;

  private final Floor floor;
  private final SplittableRandom random = new SplittableRandom(2);

  DamagedFills(Floor floor) {
    this.floor = floor;
  }

  /** Sends so many damaged ones and waits until all are dealt with. */
  Damaged send(int count) throws SQLException, InterruptedException {
    List<SentEntry> entries = SentEntry.of(floor);
    Set<String> damaged = new HashSet<>();
    List<String> batch = new ArrayList<>();
    long sound = 0;
    try (Jedis redis = floor.servers().redis()) {
      for (int i = 0; i < count; i++) {
        SentEntry entry = entries.get(i % entries.size());
        String bad = entry.damaged(ACCOUNT, FIRST_TICKET + i, i, random);
        damaged.add(bad);
        batch.add(bad);
        if (i % SOUND_EVERY == 0 || i == count - 1) {
          sound++;
          batch.add(entry.fill(ACCOUNT, sound));
          batch.add(entry.fill(ACCOUNT, sound));
        }
        if (batch.size() >= BATCH || i == count - 1) {
          add(redis, batch);
          batch.clear();
        }
      }
    }
    BookedFills booked = new BookedFills(floor, ACCOUNT);
    booked.await(sound);
    return new Damaged(
        "fills",
        damaged.size(),
        quarantined(damaged),
        booked.invented(sound),
        sound,
        booked.missing(sound));
  }

  private static void add(Jedis redis, List<String> fills) {
    try (Pipeline pipeline = redis.pipelined()) {
      for (String fill : fills) {
        pipeline.xadd(CHANNELS.fills(), StreamEntryID.NEW_ENTRY, Map.of(Channels.PAYLOAD, fill));
      }
      pipeline.sync();
    }
  }

  private long quarantined(Set<String> damaged) throws SQLException {
    Set<String> found = new HashSet<>();
    try (Connection connection = floor.servers().connect();
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
    return found.size();
  }
}

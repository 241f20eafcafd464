package io.mlassets.platform.redis;

import io.mlassets.channel.Channels;
import io.mlassets.platform.ReadLoop;
import io.mlassets.platform.RedisSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;

/** Reads a stream over a connection of its own, entry after entry. */
public final class StreamReader extends ReadLoop<StreamEntry> {
  private static final int BLOCK_MILLIS = 500;
  private static final int READ_TIMEOUT_MILLIS = 5_000;
  private static final int MOST_ENTRIES = 1_000;

  private final RedisSettings redis;
  private final String stream;
  private final Consumer<List<StreamEntry>> handler;
  private volatile String lastId;

  /**
   * Makes a reader; {@link #start} starts it.
   *
   * @param stream name of the stream
   * @param afterId entries after this id are read; {@code 0-0} for all
   * @param handler called on the reader's thread with one or more entries, or with none after an
   *     idle half second and while Redis is away, so that it can do work of its own on that thread
   */
  public StreamReader(
      RedisSettings redis, String stream, String afterId, Consumer<List<StreamEntry>> handler) {
    super("stream-" + stream);
    this.redis = redis;
    this.stream = stream;
    this.lastId = afterId;
    this.handler = handler;
  }

  /** Starts the thread. */
  public StreamReader start() {
    begin(handler);
    return this;
  }

  /** Id of the last entry handled. */
  public String lastId() {
    return lastId;
  }

  @Override
  protected String place() {
    return "stream %s after %s".formatted(stream, lastId);
  }

  @Override
  protected void follow(Consumer<List<StreamEntry>> taking) {
    try (Jedis jedis = redis.connect(READ_TIMEOUT_MILLIS)) {
      while (goesOn()) {
        List<StreamEntry> entries = read(jedis);
        taking.accept(entries);
        if (!entries.isEmpty()) {
          lastId = entries.getLast().id();
        }
      }
    }
  }

  private List<StreamEntry> read(Jedis jedis) {
    var found =
        jedis.xread(
            XReadParams.xReadParams().block(BLOCK_MILLIS).count(MOST_ENTRIES),
            Map.of(stream, new StreamEntryID(lastId)));
    List<StreamEntry> entries = new ArrayList<>();
    if (found == null) {
      return entries;
    }
    for (var ofStream : found) {
      for (var entry : ofStream.getValue()) {
        @Nullable String json = entry.getFields().get(Channels.PAYLOAD);
        entries.add(new StreamEntry(entry.getID().toString(), json == null ? "" : json));
      }
    }
    return entries;
  }
}

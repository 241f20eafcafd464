package io.mlassets.platform.redis;

import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;

/**
 * Reads a stream on one thread over a connection of its own, entry after entry, and goes on where
 * it was after Redis was away. An entry counts as read only once the handler returned: a handler
 * that throws sees the same entries again.
 */
public final class StreamReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamReader.class);
  private static final int BLOCK_MILLIS = 500;
  private static final int READ_TIMEOUT_MILLIS = 5_000;
  private static final int MOST_ENTRIES = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final RedisSettings redis;
  private final String stream;
  private final Consumer<List<StreamEntry>> handler;
  private final Thread thread;
  private volatile String lastId;
  private volatile boolean closed;

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
    this.redis = redis;
    this.stream = stream;
    this.lastId = afterId;
    this.handler = handler;
    this.thread = new Thread(this::readUntilClosed, "stream-" + stream);
    this.thread.setDaemon(true);
  }

  /** Starts the thread. */
  public StreamReader start() {
    thread.start();
    return this;
  }

  /** Id of the last entry handled. */
  public String lastId() {
    return lastId;
  }

  private void readUntilClosed() {
    long pause = 50;
    while (!closed) {
      try (Jedis jedis = redis.connect(READ_TIMEOUT_MILLIS)) {
        while (!closed) {
          List<StreamEntry> entries = read(jedis);
          handler.accept(entries);
          if (!entries.isEmpty()) {
            lastId = entries.getLast().id();
          }
          pause = 50;
        }
      } catch (RuntimeException e) {
        if (!closed) {
          log.warn("stream {} after {}: {}; again in {} ms", stream, lastId, e.toString(), pause);
          sleep(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
          idle();
        }
      }
    }
  }

  /** What the handler does besides entries must not wait for Redis. */
  private void idle() {
    try {
      handler.accept(List.of());
    } catch (RuntimeException e) {
      log.warn("stream {} without entries: {}", stream, e.toString());
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

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(READ_TIMEOUT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

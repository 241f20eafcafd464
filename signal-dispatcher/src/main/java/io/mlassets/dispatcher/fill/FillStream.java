package io.mlassets.dispatcher.fill;

import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.StreamEntry;
import io.mlassets.platform.redis.StreamReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads the stream of fills. Its place in the stream is kept in Redis beside the stream, so both
 * are lost together; fills read twice are booked once.
 */
@Component
class FillStream implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(FillStream.class);
  private final RecordFill recordFill;
  private final AnnounceTrades announceTrades;
  private final StringRedisTemplate template;
  private final RedisSettings redis;
  private final Channels channels;
  private String handledUpTo = "";
  private @Nullable StreamReader reader;

  FillStream(
      RecordFill recordFill,
      AnnounceTrades announceTrades,
      StringRedisTemplate template,
      RedisSettings redis,
      Channels channels) {
    this.recordFill = recordFill;
    this.announceTrades = announceTrades;
    this.template = template;
    this.redis = redis;
    this.channels = channels;
  }

  private void handle(List<StreamEntry> entries) {
    for (StreamEntry entry : notYetHandled(entries)) {
      recordFill.record(entry.json());
      handledUpTo = entry.id();
    }
    announceTrades.announce();
    if (!entries.isEmpty()) {
      template.opsForValue().set(placeKey(), entries.getLast().id());
    }
  }

  /** A failure in the middle brings the same entries again; those before it are done. */
  private List<StreamEntry> notYetHandled(List<StreamEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).id().equals(handledUpTo)) {
        return entries.subList(i + 1, entries.size());
      }
    }
    return entries;
  }

  private String placeKey() {
    return channels.prefix() + "dispatcher.fills.position";
  }

  private String place() {
    try {
      String id = template.opsForValue().get(placeKey());
      return id == null ? "0-0" : id;
    } catch (DataAccessException e) {
      log.warn("place in the stream of fills is not readable, reading it from its start", e);
      return "0-0";
    }
  }

  @Override
  public void start() {
    reader = new StreamReader(redis, channels.fills(), place(), this::handle).start();
  }

  @Override
  public void stop() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Override
  public boolean isRunning() {
    return reader != null;
  }
}

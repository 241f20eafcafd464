package io.mlassets.dispatcher.stream;

import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.StreamEntry;
import io.mlassets.platform.redis.StreamReader;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Reads a stream of what Expert Advisors answer. The place in it is kept in Redis beside the
 * stream, so both are lost together; whoever takes an entry must bear to see it twice.
 */
public abstract class FollowStream implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(FollowStream.class);
  private final String stream;
  private final String placeKey;
  private final StringRedisTemplate template;
  private final RedisSettings redis;
  private final Consumer<StreamEntry> taking;
  private String handledUpTo = "";
  private @Nullable StreamReader reader;

  /**
   * For one stream.
   *
   * @param name what the place's key is named after
   * @param taking takes an entry; one it throws at comes again
   */
  protected FollowStream(
      String name,
      String stream,
      StringRedisTemplate template,
      RedisSettings redis,
      Channels channels,
      Consumer<StreamEntry> taking) {
    this.stream = stream;
    this.placeKey = channels.prefix() + "dispatcher." + name + ".position";
    this.template = template;
    this.redis = redis;
    this.taking = taking;
  }

  /** Called when a batch, which may be empty, was taken. */
  protected void taken() {}

  private void handle(List<StreamEntry> entries) {
    for (StreamEntry entry : notYetHandled(entries)) {
      taking.accept(entry);
      handledUpTo = entry.id();
    }
    taken();
    if (!entries.isEmpty()) {
      template.opsForValue().set(placeKey, entries.getLast().id());
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

  private String place() {
    try {
      String id = template.opsForValue().get(placeKey);
      return id == null ? "0-0" : id;
    } catch (DataAccessException e) {
      log.warn("place in stream {} is not readable, reading it from its start", stream, e);
      return "0-0";
    }
  }

  @Override
  public void start() {
    reader = new StreamReader(redis, stream, place(), this::handle).start();
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

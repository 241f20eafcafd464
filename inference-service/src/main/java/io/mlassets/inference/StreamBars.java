package io.mlassets.inference;

import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.StreamEntry;
import io.mlassets.platform.redis.StreamReader;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;

/** Bars of Redis stream {@code bars}; an entry's id says when it came. */
final class StreamBars implements BarSource {
  private final RedisSettings redis;
  private final Channels channels;
  private @Nullable StreamReader reader;

  StreamBars(RedisSettings redis, Channels channels) {
    this.redis = redis;
    this.channels = channels;
  }

  @Override
  public String name() {
    return "stream " + channels.bars();
  }

  @Override
  public String kind() {
    return "redis";
  }

  @Override
  public String beginning() {
    return "0-0";
  }

  @Override
  public Comparator<String> order() {
    return Comparator.comparing(StreamEntryID::new);
  }

  @Override
  public void start(String after, Consumer<List<BarEntry>> handler) {
    reader =
        new StreamReader(
                redis,
                channels.bars(),
                after,
                entries -> handler.accept(entries.stream().map(StreamBars::entry).toList()))
            .start();
  }

  private static BarEntry entry(StreamEntry entry) {
    String millis = entry.id().substring(0, entry.id().indexOf('-'));
    return new BarEntry(entry.id(), entry.json(), Instant.ofEpochMilli(Long.parseLong(millis)));
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}

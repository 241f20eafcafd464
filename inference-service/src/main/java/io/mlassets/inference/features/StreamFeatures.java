package io.mlassets.inference.features;

import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.StreamReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of Redis stream {@code features}. An entry's id says when it came, and a vector comes
 * after its bar has begun: that is where reading starts.
 */
final class StreamFeatures implements FeatureSource {
  private static final String BEGINNING = "0-0";
  private final RedisSettings redis;
  private final Channels channels;
  private final Clock clock;
  private @Nullable StreamReader reader;

  StreamFeatures(RedisSettings redis, Channels channels, Clock clock) {
    this.redis = redis;
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "stream " + channels.features();
  }

  @Override
  public void start(Instant after, Consumer<List<FeatureEntry>> handler) {
    reader =
        new StreamReader(
                redis,
                channels.features(),
                position(after),
                entries ->
                    handler.accept(
                        entries.stream()
                            .map(entry -> new FeatureEntry(entry.id(), entry.json()))
                            .toList()))
            .start();
  }

  /** Bars of a replay may lie ahead of the clock; then nothing is known of when they came. */
  private String position(Instant after) {
    return after.isAfter(Instant.EPOCH) && after.isBefore(clock.instant())
        ? after.toEpochMilli() + "-0"
        : BEGINNING;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}

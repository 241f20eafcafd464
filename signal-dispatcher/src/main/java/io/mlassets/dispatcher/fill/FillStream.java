package io.mlassets.dispatcher.fill;

import io.mlassets.channel.Channels;
import io.mlassets.dispatcher.stream.FollowStream;
import io.mlassets.platform.RedisSettings;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Reads the stream of fills; those read twice are booked once. */
@Component
class FillStream extends FollowStream {
  private final AnnounceTrades announceTrades;

  FillStream(
      RecordFill recordFill,
      AnnounceTrades announceTrades,
      StringRedisTemplate template,
      RedisSettings redis,
      Channels channels) {
    super("fills", channels.fills(), template, redis, channels, recordFill::record);
    this.announceTrades = announceTrades;
  }

  @Override
  protected void taken() {
    announceTrades.announce();
  }
}

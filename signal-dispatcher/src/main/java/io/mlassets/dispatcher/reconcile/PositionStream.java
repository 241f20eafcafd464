package io.mlassets.dispatcher.reconcile;

import io.mlassets.channel.Channels;
import io.mlassets.dispatcher.stream.FollowStream;
import io.mlassets.platform.RedisSettings;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Reads the stream of position reports; an older one than is kept is passed over. */
@Component
class PositionStream extends FollowStream {
  PositionStream(
      RecordReport recordReport,
      StringRedisTemplate template,
      RedisSettings redis,
      Channels channels) {
    super("positions", channels.positions(), template, redis, channels, recordReport::record);
  }
}

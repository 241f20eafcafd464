package io.mlassets.dispatcher.outcome;

import io.mlassets.channel.Channels;
import io.mlassets.dispatcher.stream.FollowStream;
import io.mlassets.platform.RedisSettings;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Reads the stream of acks; those read twice are booked once. */
@Component
class AckStream extends FollowStream {
  AckStream(
      RecordAck recordAck, StringRedisTemplate template, RedisSettings redis, Channels channels) {
    super("acks", channels.acks(), template, redis, channels, recordAck::record);
  }
}

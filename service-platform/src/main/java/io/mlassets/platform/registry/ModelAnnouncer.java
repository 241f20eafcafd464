package io.mlassets.platform.registry;

import io.mlassets.channel.Channels;
import io.mlassets.channel.ModelNotice;
import io.mlassets.model.ModelVersion;
import io.mlassets.signal.SignalMode;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Tells on channel {@code models} what is in force. */
final class ModelAnnouncer {
  private static final Logger log = LoggerFactory.getLogger(ModelAnnouncer.class);
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;
  private final Clock clock;

  ModelAnnouncer(StringRedisTemplate redis, Channels channels, JsonMapper json, Clock clock) {
    this.redis = redis;
    this.channels = channels;
    this.json = json;
    this.clock = clock;
  }

  void announce(ModelVersion version, String scope, SignalMode mode, String contentSha256) {
    ModelNotice notice =
        new ModelNotice(version, scope, mode.wire(), contentSha256, clock.instant());
    try {
      redis.convertAndSend(channels.models(), json.writeValueAsString(notice));
    } catch (RuntimeException e) {
      // The registry is the record; inference looks there by itself when notices are lost.
      log.warn("notice of model {} was not published", version, e);
    }
  }
}

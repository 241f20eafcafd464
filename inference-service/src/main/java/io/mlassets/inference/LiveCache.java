package io.mlassets.inference;

import io.mlassets.channel.Channels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is carried over Redis beside the record: the wake-up and the latest states. */
@Component
class LiveCache {
  private static final Logger log = LoggerFactory.getLogger(LiveCache.class);
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;

  LiveCache(StringRedisTemplate redis, Channels channels, JsonMapper json) {
    this.redis = redis;
    this.channels = channels;
    this.json = json;
  }

  /** Tells the dispatcher that signals were committed; it also looks by itself. */
  void wakeDispatcher() {
    guarded(() -> redis.convertAndSend(channels.outboxWakeUp(), "signals"));
  }

  /** Latest state of each pair in hash {@code pairs.latest} (I-08). */
  void show(List<PairState> states) {
    Map<String, String> byPair = new HashMap<>();
    states.forEach(state -> byPair.put(state.pair().id(), json.writeValueAsString(state)));
    guarded(() -> redis.opsForHash().putAll(channels.prefix() + "pairs.latest", byPair));
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (DataAccessException e) {
      // The record is in PostgreSQL; Redis is told again with the next bar.
      log.warn("redis: {}", e.toString());
    }
  }
}

package io.mlassets.inference;

import io.mlassets.channel.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is carried over Redis beside the record: the wake-up and the latest states. */
@Component
class LiveCache {
  private static final Logger log = LoggerFactory.getLogger(LiveCache.class);

  /** Lua unpacks no more than some thousand values. */
  private static final int AT_ONCE = 500;

  /** Afterwards a database put back to an earlier state, whose epochs are older, is shown again. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final RedisScript<Long> UNLESS_OLDER =
      RedisScript.of(
          """
          local pairs, states, epochs = {}, {}, {}
          for i = 2, #ARGV, 3 do
            pairs[#pairs + 1] = ARGV[i]
          end
          local known = redis.call('HMGET', KEYS[2], unpack(pairs))
          for n, pair in ipairs(pairs) do
            local epoch, state = ARGV[3 * n], ARGV[3 * n + 1]
            if not known[n] or tonumber(known[n]) <= tonumber(epoch) then
              states[#states + 1] = pair
              states[#states + 1] = state
              epochs[#epochs + 1] = pair
              epochs[#epochs + 1] = epoch
            end
          end
          if #states > 0 then
            redis.call('HSET', KEYS[1], unpack(states))
            redis.call('HSET', KEYS[2], unpack(epochs))
            redis.call('EXPIRE', KEYS[2], ARGV[1])
          end
          return #states / 2
          """,
          Long.class);

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

  /**
   * Latest state of each pair in hash {@code pairs.latest} (I-08). A process that hung while
   * another took its shard over writes nothing: it is of an older epoch. Within an epoch one thread
   * writes, in order.
   */
  void show(List<FencedState> states) {
    List<String> keys =
        List.of(channels.prefix() + "pairs.latest", channels.prefix() + "pairs.latest.epochs");
    for (int from = 0; from < states.size(); from += AT_ONCE) {
      List<FencedState> part = states.subList(from, Math.min(from + AT_ONCE, states.size()));
      List<String> arguments = new ArrayList<>();
      arguments.add(Long.toString(REMEMBERED.toSeconds()));
      for (FencedState fenced : part) {
        arguments.add(fenced.pair().id());
        arguments.add(Long.toString(fenced.epoch()));
        arguments.add(json.writeValueAsString(fenced.state()));
      }
      guarded(() -> redis.execute(UNLESS_OLDER, keys, arguments.toArray()));
    }
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

package io.mlassets.dispatcher.outbox;

import io.mlassets.channel.Channels;
import io.mlassets.dispatcher.outbox.Outbox.Numbered;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The stream of sent signals and their publication, in one atomic step: an older epoch is refused,
 * a number already there is skipped.
 */
@Component
class RedisLog {
  private static final int PER_STEP = 200;
  private static final RedisScript<Long> APPEND =
      new DefaultRedisScript<>(
          """
          local known = tonumber(redis.call('GET', KEYS[2]) or '0')
          if tonumber(ARGV[2]) < known then
            return redis.error_reply('STALE epoch ' .. ARGV[2] .. ' below ' .. known)
          end
          redis.call('SET', KEYS[2], ARGV[2])
          local tip = 0
          local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
          if #last > 0 then tip = tonumber(string.match(last[1][1], '^(%d+)')) end
          local added = 0
          for i = 4, #ARGV, 2 do
            if tonumber(ARGV[i]) > tip then
              redis.call('XADD', KEYS[1], 'MAXLEN', '~', 1000000,
                ARGV[i] .. '-0', 'json', ARGV[i + 1])
              if ARGV[3] == '1' then redis.call('PUBLISH', ARGV[1], ARGV[i + 1]) end
              added = added + 1
            end
          end
          return added
          """,
          Long.class);

  private final StringRedisTemplate redis;
  private final Channels channels;

  RedisLog(StringRedisTemplate redis, Channels channels) {
    this.redis = redis;
    this.channels = channels;
  }

  /**
   * Appends signals in order.
   *
   * @param publish whether subscribers hear them; not when a lost log is rebuilt
   */
  void append(SignalStream stream, long epoch, List<Numbered> signals, boolean publish) {
    for (int from = 0; from < signals.size(); from += PER_STEP) {
      List<String> arguments = new ArrayList<>();
      arguments.add(stream.channel(channels));
      arguments.add(Long.toString(epoch));
      arguments.add(publish ? "1" : "0");
      for (Numbered signal : signals.subList(from, Math.min(from + PER_STEP, signals.size()))) {
        arguments.add(Long.toString(signal.seq()));
        arguments.add(signal.payload());
      }
      redis.execute(
          APPEND, List.of(stream.log(channels), stream.epochKey(channels)), arguments.toArray());
    }
  }

  /** Number of the last signal in the log; 0 when it is empty. */
  long tip(SignalStream stream) {
    List<MapRecord<String, Object, Object>> last =
        redis
            .opsForStream()
            .reverseRange(stream.log(channels), Range.unbounded(), Limit.limit().count(1));
    if (last == null || last.isEmpty()) {
      return 0;
    }
    return last.getFirst().getId().getTimestamp() == null
        ? 0
        : last.getFirst().getId().getTimestamp();
  }
}

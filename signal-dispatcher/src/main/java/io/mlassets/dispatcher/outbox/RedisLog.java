package io.mlassets.dispatcher.outbox;

import io.mlassets.channel.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The stream of sent signals, the last of each pair, and their publication, in one atomic step: an
 * older epoch is refused, a number already there is skipped, a gap is refused, and so is other
 * content under a number.
 */
@Component
class RedisLog {
  /**
   * Entries the log keeps, about: a week of ten pairs a minute, and no more than is rebuilt within
   * seconds when Redis has lost everything.
   */
  static final long KEPT = 100_000;

  private static final int PER_STEP = 500;
  private static final long CONFLICT = -1;

  /** Keys: log, epoch, last of each pair. Arguments: epoch, then what the script needs. */
  private static final String CHECK_EPOCH =
      """
      local known = tonumber(redis.call('GET', KEYS[2]) or '0')
      if tonumber(ARGV[1]) < known then
        return redis.error_reply('STALE epoch ' .. ARGV[1] .. ' below ' .. known)
      end
      redis.call('SET', KEYS[2], ARGV[1])
      """;

  private static final RedisScript<Long> APPEND =
      new DefaultRedisScript<>(
          CHECK_EPOCH
              + """
              local publish = ARGV[3] == '1'
              local tip = 0
              local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
              if #newest > 0 then tip = tonumber(string.match(newest[1][1], '^(%d+)')) end
              if tonumber(ARGV[5]) > tip + 1 and (publish or tip > 0) then
                return redis.error_reply('GAP the log ends at ' .. tip .. ', not before ' .. ARGV[5])
              end
              local last = {}
              for i = 5, #ARGV, 3 do
                local id = ARGV[i] .. '-0'
                if tonumber(ARGV[i]) > tip then
                  redis.call('XADD', KEYS[1], id, 'json', ARGV[i + 2])
                  if publish then redis.call('PUBLISH', ARGV[2], ARGV[i + 2]) end
                  last[#last + 1] = ARGV[i + 1]
                  last[#last + 1] = ARGV[i + 2]
                else
                  local there = redis.call('XRANGE', KEYS[1], id, id)
                  if #there > 0 and there[1][2][2] ~= ARGV[i + 2] then return -1 end
                end
              end
              if #last > 0 then
                redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[4])
                redis.call('HSET', KEYS[3], unpack(last))
              end
              return #last / 2
              """,
          Long.class);

  private static final RedisScript<Long> FENCE =
      new DefaultRedisScript<>(CHECK_EPOCH + "return 0", Long.class);

  private static final RedisScript<Long> SET_ASIDE =
      new DefaultRedisScript<>(
          CHECK_EPOCH
              + """
              if redis.call('EXISTS', KEYS[1]) == 1 then
                redis.call('RENAME', KEYS[1], KEYS[1] .. '.foreign')
                redis.call('DEL', KEYS[3])
              end
              return 0
              """,
          Long.class);

  private static final RedisScript<String> STANDING =
      new DefaultRedisScript<>(
          """
          local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
          local tip = #last > 0 and string.match(last[1][1], '^(%d+)') or '0'
          return tip .. ' ' .. (redis.call('GET', KEYS[2]) or '0')
          """,
          String.class);

  private static final RedisScript<Long> TELL =
      new DefaultRedisScript<>(
          CHECK_EPOCH + "return redis.call('PUBLISH', ARGV[2], ARGV[3])", Long.class);

  /** An entry of the log. */
  record Entry(long seq, String payload) {}

  private final StringRedisTemplate redis;
  private final Channels channels;

  RedisLog(StringRedisTemplate redis, Channels channels) {
    this.redis = redis;
    this.channels = channels;
  }

  /**
   * Appends signals in order, without a gap to what is there.
   *
   * @param publish whether subscribers hear them; not when a lost log is rebuilt
   * @return false when the log has other content under one of the numbers
   */
  boolean append(SignalStream stream, long epoch, List<Numbered> signals, boolean publish) {
    List<Numbered> left = signals;
    while (!left.isEmpty()) {
      List<Numbered> step = left.subList(0, Math.min(PER_STEP, left.size()));
      left = left.subList(step.size(), left.size());
      long added = Objects.requireNonNull(append(redis, stream, epoch, step, publish));
      if (added == CONFLICT) {
        return false;
      }
      if (added == step.size()) {
        // The log ends here, so what follows is in no conflict, and after a failure in a gap.
        appendWithoutWaiting(stream, epoch, left, publish);
        return true;
      }
    }
    return true;
  }

  /** While Redis appends a step the next is on its way. */
  private void appendWithoutWaiting(
      SignalStream stream, long epoch, List<Numbered> signals, boolean publish) {
    if (signals.isEmpty()) {
      return;
    }
    redis.executePipelined(
        new SessionCallback<Object>() {
          // Keys and values are the template's; a pipeline's callback has to return null.
          @Override
          @SuppressWarnings({"unchecked", "NullAway"})
          public <K, V> Object execute(RedisOperations<K, V> piped) {
            for (int from = 0; from < signals.size(); from += PER_STEP) {
              int to = Math.min(from + PER_STEP, signals.size());
              append(
                  (RedisOperations<String, String>) piped,
                  stream,
                  epoch,
                  signals.subList(from, to),
                  publish);
            }
            return null;
          }
        });
  }

  /** Whether a write was refused because its epoch is over. */
  static boolean isStale(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains("STALE epoch")) {
        return true;
      }
    }
    return false;
  }

  /** From now on no write of an older epoch can come through, not even one already on its way. */
  void fence(SignalStream stream, long epoch) {
    redis.execute(FENCE, keys(stream), Long.toString(epoch));
  }

  /** Publishes a heartbeat, unless the epoch is over. */
  void tell(SignalStream stream, long epoch, String heartbeat) {
    redis.execute(TELL, keys(stream), Long.toString(epoch), stream.heartbeat(channels), heartbeat);
  }

  /** Renames the log, so that it can be built anew. */
  void setAside(SignalStream stream, long epoch) {
    redis.execute(SET_ASIDE, keys(stream), Long.toString(epoch));
  }

  /** Signals added; null in a pipeline. */
  private @Nullable Long append(
      RedisOperations<String, String> to,
      SignalStream stream,
      long epoch,
      List<Numbered> step,
      boolean publish) {
    List<String> arguments = new ArrayList<>(4 + 3 * step.size());
    arguments.add(Long.toString(epoch));
    arguments.add(stream.channel(channels));
    arguments.add(publish ? "1" : "0");
    arguments.add(Long.toString(KEPT));
    for (Numbered signal : step) {
      arguments.add(Long.toString(signal.seq()));
      arguments.add(signal.pair());
      arguments.add(signal.payload());
    }
    return to.execute(APPEND, keys(stream), arguments.toArray());
  }

  private List<String> keys(SignalStream stream) {
    return List.of(stream.log(channels), stream.epochKey(channels), stream.last(channels));
  }

  /** Whether the log ends with that number, and the epoch is the newest Redis has seen. */
  boolean stands(SignalStream stream, long epoch, long tip) {
    return (tip + " " + epoch).equals(redis.execute(STANDING, keys(stream)));
  }

  /** The newest epoch Redis has seen; 0 without any. */
  long epoch(SignalStream stream) {
    String epoch = redis.opsForValue().get(stream.epochKey(channels));
    return epoch == null ? 0 : Long.parseLong(epoch);
  }

  /** The last signal in the log. */
  Optional<Entry> tip(SignalStream stream) {
    List<MapRecord<String, Object, Object>> last =
        redis
            .opsForStream()
            .reverseRange(stream.log(channels), Range.unbounded(), Limit.limit().count(1));
    if (last == null || last.isEmpty()) {
      return Optional.empty();
    }
    MapRecord<String, Object, Object> entry = last.getFirst();
    String id = entry.getId().getValue();
    return Optional.of(
        new Entry(
            Long.parseLong(id.substring(0, id.indexOf('-'))),
            String.valueOf(entry.getValue().get(Channels.PAYLOAD))));
  }
}

package io.mlassets.bench.faults;

import io.mlassets.channel.Channels;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Damaged and forged signals on channel {@code signals}, between true ones. The Expert Advisor
 * counts what it refuses, and says so at its end; all have an id it must never answer.
 */
final class DamagedSignals {
  private static final Channels CHANNELS = new Channels("");
  private static final String FORGED = "f0f0f0f0-";
  private static final Pattern ID = Pattern.compile("\"signal_id\":\"[0-9a-f]{8}-");
  private static final Pattern SEQ = Pattern.compile("\"seq\":\\d+");
  private static final Pattern MAC = Pattern.compile("\"mac\":\"[0-9a-f]{8}");
  private static final Pattern REFUSED = Pattern.compile("(\\d+) messages were none");
  private static final int SAMPLES = 500;
  private static final int BATCH = 200;
  private static final int PAUSE_MILLIS = 20;
  private static final long PATIENCE_SECONDS = 180;

  private final Floor floor;
  private final SplittableRandom random = new SplittableRandom(5);

  DamagedSignals(Floor floor) {
    this.floor = floor;
  }

  /** Publishes so many and waits until the Expert Advisor has dealt with all. */
  Damaged send(int count) throws SQLException, IOException, InterruptedException {
    floor.restartAdvisor();
    try (Jedis redis = floor.servers().redis()) {
      long before = tip(redis);
      await("order answered by the new one", () -> newestAnswer() > before);
      List<String> samples =
          redis.xrevrange(CHANNELS.signalsLog(), "+", "-", SAMPLES).stream()
              .map(entry -> entry.getFields().get(Channels.PAYLOAD))
              .toList();
      for (int i = 0; i < count; i += BATCH) {
        publish(redis, samples, i, Math.min(count, i + BATCH));
        Thread.sleep(PAUSE_MILLIS);
      }
      // An order after all of them was answered: none of them waits any more.
      long last = tip(redis);
      await("answer", () -> newestAnswer() > last);
      return new Damaged("signals", count, refused(floor.restartAdvisor()), answered(redis), 0, 0);
    }
  }

  private void publish(Jedis redis, List<String> samples, int from, int to) {
    long tip = tip(redis);
    try (Pipeline pipeline = redis.pipelined()) {
      for (int i = from; i < to; i++) {
        pipeline.publish(CHANNELS.signals(), damaged(samples.get(i % samples.size()), tip, i));
      }
      pipeline.sync();
    }
  }

  private static long tip(Jedis redis) {
    List<StreamEntry> last = redis.xrevrange(CHANNELS.signalsLog(), "+", "-", 1);
    return last.isEmpty() ? 0 : last.getFirst().getID().getTime();
  }

  private String damaged(String signal, long tip, int i) {
    String forged = ID.matcher(signal).replaceFirst("\"signal_id\":\"" + FORGED);
    return switch (i % 8) {
      case 0 -> forged.substring(0, 1 + (i / 8) % (forged.length() - 1));
      case 1 -> MAC.matcher(forged).replaceFirst("\"mac\":\"5f5f5f5f");
      case 2 -> SEQ.matcher(forged).replaceFirst("$0,$0");
      case 3 -> SEQ.matcher(forged).replaceFirst("\"seq\":1" + "0".repeat(30));
      case 4 -> forged.replaceFirst("SIM", "NOP");
      // The very number that comes next, so that it would be obeyed.
      case 5 -> SEQ.matcher(forged).replaceFirst("\"seq\":" + (tip + 1 + random.nextInt(3)));
      case 6 -> forged.replaceFirst("\"mac\":.*", "\"mac\":\"\"}");
      default -> {
        int at = random.nextInt(forged.length());
        yield forged.substring(0, at) + '\u0001' + forged.substring(at);
      }
    };
  }

  private long newestAnswer() {
    try {
      return floor
          .servers()
          .number(
              "select coalesce(max(signal_seq), 0) from core.signal_outcomes where account = '%s'"
                  .formatted(Floor.ACCOUNT));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long answered(Jedis redis) {
    return redis.xrange(CHANNELS.acks(), "-", "+").stream()
        .filter(ack -> ack.getFields().toString().contains(FORGED))
        .count();
  }

  private static long refused(String said) {
    Matcher last = REFUSED.matcher(said);
    long refused = -1;
    while (last.find()) {
      refused = Long.parseLong(last.group(1));
    }
    return refused;
  }

  private static void await(String what, BooleanSupplier there) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!there.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no %s in %d s".formatted(what, PATIENCE_SECONDS));
      }
      Thread.sleep(100);
    }
  }
}

package io.mlassets.bench.faults;

import io.mlassets.bench.faults.Proxy.Fault;
import io.mlassets.channel.Channels;
import io.mlassets.ea.EaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An Expert Advisor behind a network that is cut, half open, late or torn, by the clock's time:
 * entries expire three seconds after they were committed.
 */
final class NetworkRun {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Channels CHANNELS = new Channels("");
  private static final int LOOKED_AT = 500;
  private static final long PATIENCE_SECONDS = 60;

  private final Floor floor;
  private final Proxy proxy;
  private final SplittableRandom random = new SplittableRandom(3);

  private NetworkRun(Floor floor, Proxy proxy) {
    this.floor = floor;
    this.proxy = proxy;
  }

  /** Each fault so many times, in a folder of its own. */
  static SpoiledNetwork run(int times, Path folder)
      throws IOException, SQLException, InterruptedException {
    try (Floor floor = Floor.start(folder, EaConfig.Clock.HEARTBEATS);
        Proxy proxy = new Proxy(floor.servers().redisSettings().address().getPort())) {
      floor.startAdvisor(proxy.port());
      floor.write();
      return new NetworkRun(floor, proxy).run(times);
    }
  }

  private SpoiledNetwork run(int times) throws IOException, SQLException, InterruptedException {
    awaitAnswer(firstOrder());
    Map<Fault, List<Double>> closed = new EnumMap<>(Fault.class);
    for (int i = 1; i <= times; i++) {
      for (Fault fault : List.of(Fault.CUT, Fault.HALF_OPEN, Fault.DELAY, Fault.TORN)) {
        Thread.sleep(200 + random.nextInt(500));
        closed.computeIfAbsent(fault, one -> new ArrayList<>()).add(closedAfter(fault));
      }
      FaultsRun.tell("network spoiled four ways", i, times);
    }
    floor.dryUp();
    return new SpoiledNetwork(closed, new Ledgers(floor).settled());
  }

  private double closedAfter(Fault fault) throws InterruptedException {
    proxy.spoil(fault);
    long lasts =
        switch (fault) {
          case HALF_OPEN, DELAY -> 6_000;
          case CUT, TORN, NONE -> 500;
        };
    Thread.sleep(lasts + random.nextInt(1_000));
    long last = lastOrder();
    proxy.heal();
    long healed = System.nanoTime();
    awaitAnswer(last);
    return (System.nanoTime() - healed) / 1e9;
  }

  private long firstOrder() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3 * PATIENCE_SECONDS);
    long order = lastOrder();
    while (order == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no order was sent");
      }
      Thread.sleep(100);
      order = lastOrder();
    }
    return order;
  }

  /** Number of the last order in the log; 0 without any. */
  private long lastOrder() {
    try (Jedis redis = floor.servers().redis()) {
      for (StreamEntry entry : redis.xrevrange(CHANNELS.signalsLog(), "+", "-", LOOKED_AT)) {
        JsonNode signal = JSON.readTree(entry.getFields().get(Channels.PAYLOAD));
        if (!signal.required("action").stringValue().equals("HOLD")) {
          return entry.getID().getTime();
        }
      }
    }
    return 0;
  }

  private void awaitAnswer(long seq) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isAnswered(seq)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "order %d is not answered within %d s".formatted(seq, PATIENCE_SECONDS));
      }
      Thread.sleep(10);
    }
  }

  private boolean isAnswered(long seq) {
    try (Jedis redis = floor.servers().redis()) {
      return redis.xrevrange(CHANNELS.acks(), "+", "-", LOOKED_AT).stream()
          .map(entry -> JSON.readTree(entry.getFields().get(Channels.PAYLOAD)))
          .anyMatch(ack -> ack.required("signal_seq").longValue() == seq);
    }
  }
}

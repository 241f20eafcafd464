package io.mlassets.bench.dispatch;

import io.mlassets.bench.Report;
import io.mlassets.bench.SignalRows;
import io.mlassets.channel.Channels;
import io.mlassets.signal.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/**
 * One run: floors and signals by turns on the same servers, then bursts, then the pipelined peers.
 * At the end every signal must have been published once, under numbers without a gap.
 */
final class DispatchRun implements AutoCloseable {
  private static final Channels CHANNELS = new Channels("");
  private static final String FLOOR = "bench.floor";
  private static final Action[] ACTIONS = Action.values();
  private static final int PAIRS = 50;
  private static final int PATIENCE_SECONDS = 300;

  /** Entries the dispatcher keeps in the log, about. */
  private static final long LOGGED = 100_000;

  private final Plan plan;
  private final DispatcherAlone dispatcher;
  private final SignalRows signals;
  private final Connection owner;
  private final PreparedStatement insertFloor;
  private final Jedis redis;
  private final Subscriber subscriber;
  private final Subscriber floorSubscriber;
  private final SplittableRandom random = new SplittableRandom(1);
  private int committed;
  private int floors;

  private DispatchRun(Plan plan, DispatcherAlone dispatcher) throws IOException, SQLException {
    this.plan = plan;
    this.dispatcher = dispatcher;
    this.signals = new SignalRows(dispatcher.inference(), "B%2$s%1$05d", Duration.ofMinutes(1));
    this.owner = dispatcher.owner();
    try (Statement statement = owner.createStatement()) {
      statement.execute("create table bench_floor (id bigint primary key, payload text not null)");
    }
    this.insertFloor = owner.prepareStatement("insert into bench_floor values (?, ?)");
    this.redis = dispatcher.redis().connect(10_000);
    this.subscriber = new Subscriber(dispatcher.redis(), CHANNELS.signals());
    this.floorSubscriber = new Subscriber(dispatcher.redis(), FLOOR);
  }

  /**
   * Measures.
   *
   * @param folder of the servers
   * @throws IllegalStateException if a signal was lost, sent twice or sent out of order
   */
  static Figures measure(Plan plan, Path folder) throws Exception {
    try (DispatcherAlone dispatcher = DispatcherAlone.start(folder);
        DispatchRun run = new DispatchRun(plan, dispatcher)) {
      return run.measure();
    }
  }

  private Figures measure() throws Exception {
    for (int i = 0; i < plan.warmUp(); i++) {
      single(ACTIONS[i % ACTIONS.length]);
    }
    String payload = subscriber.payload();
    long[] inserts = new long[plan.singles()];
    long[] publishes = new long[plan.singles()];
    long[] singles = new long[plan.singles()];
    for (int i = 0; i < plan.singles(); i++) {
      inserts[i] = insertFloor(payload);
      publishes[i] = publishFloor(payload);
      singles[i] = single(ACTIONS[i % ACTIONS.length]);
    }
    for (int i = 0; i < plan.warmUpBursts(); i++) {
      burst();
    }
    double[] seconds = new double[plan.bursts()];
    double[] rates = new double[plan.bursts()];
    for (int i = 0; i < plan.bursts(); i++) {
      int first = subscriber.count();
      long nanos = burst();
      long between = subscriber.awaited(committed - 1, 0) - subscriber.awaited(first, 0);
      seconds[i] = nanos / 1e9;
      rates[i] = (plan.burst() - 1) / (between / 1e9);
    }
    double peer = new PipelinedPublish(dispatcher.redis(), payload, plan.publishes()).perSecond();
    double logPeer =
        new PipelinedLog(dispatcher.redis(), payload, plan.publishes(), LOGGED).perSecond();
    requireComplete();
    return new Figures(
        Quantiles.ofNanos(inserts),
        Quantiles.ofNanos(publishes),
        Quantiles.ofNanos(singles),
        byAction(singles),
        plan.burst(),
        Report.median(seconds),
        Report.median(rates),
        PipelinedPublish.name(),
        peer,
        logPeer);
  }

  private static Map<Action, Quantiles> byAction(long[] singles) {
    Map<Action, Quantiles> quantiles = new EnumMap<>(Action.class);
    for (int action = 0; action < ACTIONS.length; action++) {
      int count = (singles.length - action + ACTIONS.length - 1) / ACTIONS.length;
      long[] own = new long[count];
      for (int i = 0; i < count; i++) {
        own[i] = singles[action + i * ACTIONS.length];
      }
      quantiles.put(ACTIONS[action], Quantiles.ofNanos(own));
    }
    return quantiles;
  }

  private long insertFloor(String payload) throws SQLException {
    insertFloor.setLong(1, floors);
    insertFloor.setString(2, payload);
    long before = System.nanoTime();
    insertFloor.executeUpdate();
    return System.nanoTime() - before;
  }

  private long publishFloor(String payload) throws IOException, InterruptedException {
    long before = System.nanoTime();
    redis.publish(FLOOR, payload);
    return floorSubscriber.awaited(floors++, PATIENCE_SECONDS) - before;
  }

  /** From commit to subscriber, nanoseconds; the wake-up is inference's own. */
  private long single(Action action) throws Exception {
    signals.nextBar();
    int pair = committed % PAIRS;
    signals.commit(pair, action);
    long before = System.nanoTime();
    redis.publish(CHANNELS.outboxWakeUp(), "signals");
    long took = subscriber.awaited(committed++, PATIENCE_SECONDS) - before;
    // What the dispatcher does after sending must not be what the next one waits for.
    Thread.sleep(5 + random.nextInt(5));
    return took;
  }

  private long burst() throws Exception {
    signals.nextBar();
    signals.commitAll(plan.burst(), pair -> pair % 20 == 0 ? Action.EXIT : Action.HOLD);
    long before = System.nanoTime();
    redis.publish(CHANNELS.outboxWakeUp(), "signals");
    committed += plan.burst();
    long took = subscriber.awaited(committed - 1, PATIENCE_SECONDS) - before;
    // Rows are marked and ten thousand files written before a next bar ends.
    Thread.sleep(6_000);
    return took;
  }

  private void requireComplete() throws SQLException, InterruptedException {
    long[] numbers = subscriber.numbers();
    long[] expected = new long[committed];
    Arrays.setAll(expected, i -> i + 1L);
    if (!Arrays.equals(numbers, expected)) {
      throw new IllegalStateException(
          "%d signals were committed; %d came, not numbered from 1 without a gap: ... %s"
              .formatted(committed, numbers.length, firstWrong(numbers)));
    }
    requireCount("select count(*) from core.signals_live");
    requireCount(
        "select count(*) from core.signal_dispatch where outcome = 'PUBLISHED' and sent_at is not"
            + " null");
    long logged = redis.xlen(CHANNELS.signalsLog());
    if (logged < Math.min(committed, LOGGED)) {
      throw new IllegalStateException(
          "the log has %d entries of %d signals".formatted(logged, committed));
    }
  }

  private static String firstWrong(long[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != i + 1L) {
        return "message %d has number %d".formatted(i + 1, numbers[i]);
      }
    }
    return "the last one has number " + numbers.length;
  }

  /** Rows are marked as sent after the sending. */
  private void requireCount(String sql) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    long count = count(sql);
    while (count != committed && System.nanoTime() < deadline) {
      Thread.sleep(50);
      count = count(sql);
    }
    if (count != committed) {
      throw new IllegalStateException("%s: %d, not %d".formatted(sql, count, committed));
    }
  }

  private long count(String sql) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws Exception {
    subscriber.close();
    floorSubscriber.close();
    redis.close();
    insertFloor.close();
    owner.close();
    signals.close();
  }
}

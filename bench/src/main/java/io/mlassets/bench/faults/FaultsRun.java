package io.mlassets.bench.faults;

import io.mlassets.channel.Channels;
import io.mlassets.ea.EaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;

/**
 * One run: kills, wipes, pauses and halts one after the other while signals flow, then quiet, then
 * the comparison. Moments and victims come from a seed.
 */
final class FaultsRun {
  private static final Channels CHANNELS = new Channels("");
  private static final long PATIENCE_SECONDS = 180;

  /** Past the lease of three seconds. */
  private static final long LONGEST_LEASE_MILLIS = 3_000;

  private static final long HALT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Positions are waited for that long after a start, and a while for what they hang on. */
  private static final long STOP_SECONDS = 30;

  /** After so many kills trading is looked after, which takes dispatchers that answer. */
  private static final int STATE_EVERY = 5;

  /** After so many halts everything is restarted once. */
  private static final int RESTART_EVERY = 10;

  private final Plan plan;
  private final Floor floor;
  private final SplittableRandom random;
  private final List<String> stops = new ArrayList<>();

  private FaultsRun(Plan plan, Floor floor) {
    this.plan = plan;
    this.floor = floor;
    this.random = new SplittableRandom(plan.seed());
  }

  /** Runs in a folder of its own. */
  static BrokenProcesses run(Plan plan, Path folder)
      throws IOException, SQLException, InterruptedException {
    try (Floor floor = Floor.start(folder, EaConfig.Clock.BARS)) {
      return new FaultsRun(plan, floor).run();
    }
  }

  private BrokenProcesses run() throws IOException, SQLException, InterruptedException {
    floor.startAdvisor(floor.servers().redisSettings().address().getPort());
    floor.decide(plan.barsPerSecond());
    awaitTip(Plan.PAIRS);
    Map<Victim, Integer> kills = kill();
    awaitTip(plan.signals());
    List<Double> rebuilt = wipe();
    long takeovers = pause();
    List<Double> halts = new ArrayList<>();
    long haltsLost = halt(halts);
    List<Damaged> damaged =
        List.of(
            new DamagedFills(floor).send(plan.damaged() * 6 / 10),
            new DamagedFiles(floor).send(plan.damaged() / 10),
            new DamagedSignals(floor).send(plan.damaged() * 3 / 10));
    long tip = tip();
    awaitTip(tip + 2 * Plan.PAIRS);
    floor.dryUp();
    return new BrokenProcesses(
        kills,
        rebuilt,
        plan.pauses(),
        takeovers,
        halts,
        haltsLost,
        stops,
        damaged,
        new Ledgers(floor).settled());
  }

  /** Says how far a phase is. */
  static void tell(String what, int done, int of) {
    if (done % 10 == 0 || done == of) {
      System.out.printf("  %s: %d of %d%n", what, done, of);
    }
  }

  private Map<Victim, Integer> kill() throws IOException, SQLException, InterruptedException {
    Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    Victim[] victims = Victim.values();
    for (int i = 1; i <= plan.kills(); i++) {
      // Each in turn at first, so that few kills meet all.
      Victim victim = victims[i <= victims.length ? i - 1 : random.nextInt(victims.length)];
      long before = tip();
      floor.kill(victim);
      kills.merge(victim, 1, Integer::sum);
      awaitTip(before + 2 * Plan.PAIRS);
      if (i % STATE_EVERY == 0) {
        resumeIfStopped();
      }
      Thread.sleep(random.nextInt(500));
      tell("killed", i, plan.kills());
    }
    return kills;
  }

  private List<Double> wipe() throws IOException, SQLException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int i = 1; i <= plan.wipes(); i++) {
      Thread.sleep(random.nextInt(500));
      long before = lastSent();
      floor.servers().wipeRedis(i % 2 == 0);
      long from = System.nanoTime();
      awaitTip(before);
      seconds.add((System.nanoTime() - from) / 1e9);
      awaitTip(before + 2 * Plan.PAIRS);
      resumeIfStopped();
      tell("wiped", i, plan.wipes());
    }
    return seconds;
  }

  /** Pauses that another leader came of. */
  private long pause() throws IOException, SQLException, InterruptedException {
    long takeovers = 0;
    for (int i = 1; i <= plan.pauses(); i++) {
      resumeIfStopped();
      int leader = leader();
      long epoch = epoch();
      long tip = tip();
      floor.pause(leader, Duration.ofMillis(LONGEST_LEASE_MILLIS + 200 + random.nextInt(1_500)));
      takeovers += epoch() > epoch ? 1 : 0;
      awaitTip(tip + 2 * Plan.PAIRS);
      tell("paused", i, plan.pauses());
    }
    return takeovers;
  }

  private long epoch() throws SQLException {
    return floor
        .servers()
        .number("select epoch from core.dispatch_lease where stream = 'all:live'");
  }

  private int leader() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      for (int i = 0; i < Floor.DISPATCHERS; i++) {
        floor.awaitReady(i);
        double before = floor.rest(i).roundsLed();
        Thread.sleep(400);
        if (floor.rest(i).roundsLed() > before) {
          return i;
        }
      }
    }
    throw new IllegalStateException("no dispatcher leads");
  }

  private long halt(List<Double> seconds) throws IOException, SQLException, InterruptedException {
    long lost = 0;
    try (Entries entries = new Entries(floor.servers().redisSettings())) {
      for (int i = 1; i <= plan.halts(); i++) {
        resumeIfStopped();
        awaitEntry(entries);
        long from = System.nanoTime();
        floor.rest(random.nextInt(Floor.DISPATCHERS)).control("halt");
        TimeUnit.NANOSECONDS.sleep(2 * HALT_NANOS);
        seconds.add(Math.max(0, entries.lastAt() - from) / 1e9);
        if (i % RESTART_EVERY == 0 || i == plan.halts()) {
          lost += isStillHalted() ? 0 : 1;
        }
        floor.rest(random.nextInt(Floor.DISPATCHERS)).control("resume");
        tell("halted", i, plan.halts());
      }
    }
    return lost;
  }

  /** Whether a halt is in force, and no entry was sent, after everything was restarted. */
  private boolean isStillHalted() throws IOException, SQLException, InterruptedException {
    long before = lastSent();
    restartAll();
    Thread.sleep(2_000);
    long entries =
        floor
            .servers()
            .number(
                "select count(*) from core.signal_dispatch d join core.signals_live using"
                    + " (signal_id) where action = 'ENTER' and outcome = 'PUBLISHED' and stream ="
                    + " 'all:live' and d.seq > "
                    + before);
    return entries == 0 && floor.rest(0).control().required("state").asString().equals("HALTED");
  }

  /**
   * What breaks may stop trading by itself. What does not end by itself waits until somebody has
   * looked: here and now, so that entries flow.
   */
  private void resumeIfStopped() throws IOException, InterruptedException {
    floor.awaitReady(0);
    JsonNode control = floor.rest(0).control();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    while (!control.required("state").asString().equals("ACTIVE") && System.nanoTime() < deadline) {
      Thread.sleep(200);
      control = floor.rest(0).control();
    }
    if (!control.required("state").asString().equals("ACTIVE")) {
      stops.add(
          control.required("state").asString() + ": " + control.required("reason").asString());
      floor.rest(0).control("resume");
    }
  }

  private void restartAll() throws IOException, SQLException, InterruptedException {
    for (Victim victim : Victim.values()) {
      floor.kill(victim);
    }
    for (int i = 0; i < Floor.DISPATCHERS; i++) {
      floor.awaitReady(i);
    }
    awaitTip(lastSent() + 2 * Plan.PAIRS);
  }

  private void awaitEntry(Entries entries) throws IOException, InterruptedException {
    long count = entries.count();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (entries.count() == count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "no entry was sent in %d s: %s".formatted(PATIENCE_SECONDS, floor.rest(0).control()));
      }
      Thread.sleep(5);
    }
  }

  /** Number of the log's last entry; 0 when it is away or empty. */
  private long tip() {
    try (Jedis redis = floor.servers().redis()) {
      List<StreamEntry> last = redis.xrevrange(CHANNELS.signalsLog(), "+", "-", 1);
      return last.isEmpty() ? 0 : last.getFirst().getID().getTime();
    } catch (JedisException e) {
      return 0; // It was just killed; who asks asks again.
    }
  }

  private void awaitTip(long seq) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    long last = 0;
    while (last < seq) {
      long now = tip();
      if (now > last) {
        last = now;
        deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the log stands at %d for %d s, %d was awaited".formatted(now, PATIENCE_SECONDS, seq));
      }
      Thread.sleep(5);
    }
  }

  private long lastSent() throws SQLException {
    return floor
        .servers()
        .number(
            "select coalesce(max(seq), 0) from core.signal_dispatch"
                + " where stream = 'all:live' and sent_at is not null");
  }
}

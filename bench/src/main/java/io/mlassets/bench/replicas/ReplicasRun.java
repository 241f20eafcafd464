package io.mlassets.bench.replicas;

import io.mlassets.bench.faults.TimedBars;
import io.mlassets.bench.replicas.Ledger.Decisions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One run: faults one after the other while bars flow, then quiet, then the comparison. */
final class ReplicasRun {
  private static final long PATIENCE_SECONDS = 180;

  /** Two of them are left when one more is gone. */
  private static final int FEWEST_ALIVE = 3;

  /** More do not come while a fault lasts. */
  private static final int LAST_BARS = 60;

  private final Plan plan;
  private final Replicas replicas;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final Map<Fault, List<Double>> takeovers = new EnumMap<>(Fault.class);

  private ReplicasRun(Plan plan, Replicas replicas) {
    this.plan = plan;
    this.replicas = replicas;
    this.ledger = new Ledger(replicas.servers());
    this.random = new SplittableRandom(plan.seed());
  }

  /** Runs in a folder of its own. */
  static Findings run(Plan plan, Path folder)
      throws IOException, SQLException, InterruptedException {
    try (Replicas replicas = Replicas.start(plan, folder)) {
      return new ReplicasRun(plan, replicas).run();
    }
  }

  private Findings run() throws IOException, SQLException, InterruptedException {
    await("a shard for each replica", this::isFair);
    try (TimedBars bars =
        new TimedBars(
            replicas.servers().connect(),
            replicas.servers().redis(),
            Plan.PAIRS,
            ledger.nextBar(),
            plan.beat(),
            TimedBars.Order.EITHER_FIRST,
            plan.seed())) {
      await("the first decisions", () -> ledger.decisions(bars.fed()).missing() == 0);
      List<Fault> faults = plan.faults();
      for (int i = 0; i < faults.size(); i++) {
        spoil(faults.get(i), bars);
        if ((i + 1) % 10 == 0 || i + 1 == faults.size()) {
          System.out.printf("  faults: %d of %d%n", i + 1, faults.size());
        }
      }
      bars.close();
      return findings(bars.fed());
    }
  }

  private boolean isFair() throws SQLException {
    for (int i = 0; i < Plan.REPLICAS; i++) {
      if (ledger.epochs(Replicas.name(i)).size() != 1) {
        return false;
      }
    }
    return true;
  }

  private void spoil(Fault fault, TimedBars bars)
      throws IOException, SQLException, InterruptedException {
    await("replicas alive", () -> ledger.alive() >= FEWEST_ALIVE);
    // At any moment of a bar.
    TimeUnit.NANOSECONDS.sleep(random.nextLong(plan.beat().toNanos()));
    int victim = victim();
    SortedMap<Integer, Long> before = ledger.epochs(Replicas.name(victim));
    long from = System.nanoTime();
    replicas.begin(fault, victim);
    await("shards " + before.keySet() + " taken", () -> ledger.tookOver(before));
    takeovers.computeIfAbsent(fault, f -> new ArrayList<>()).add((System.nanoTime() - from) / 1e9);
    if (fault == Fault.PAUSE) {
      Thread.sleep(random.nextLong(plan.lease().toMillis()));
    }
    replicas.end(fault, victim);
    int fed = bars.fed().size();
    await("another bar", () -> bars.fed().size() > fed);
    List<TimedBars.Fed> all = bars.fed();
    List<TimedBars.Fed> due = all.subList(Math.max(0, all.size() - LAST_BARS), all.size());
    await("its decisions", () -> ledger.decisions(due).missing() == 0);
  }

  /** One that holds shards, once all of them are held. */
  private int victim() throws SQLException, InterruptedException {
    List<Integer> order = new ArrayList<>(IntStream.range(0, Plan.REPLICAS).boxed().toList());
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    await("all shards held", () -> ledger.held() == Plan.REPLICAS);
    for (int replica : order) {
      if (!ledger.epochs(Replicas.name(replica)).isEmpty()) {
        return replica;
      }
    }
    throw new IllegalStateException("nobody holds a shard");
  }

  private Findings findings(List<TimedBars.Fed> fed) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Decisions decisions = ledger.decisions(fed);
    while (decisions.missing() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(500);
      decisions = ledger.decisions(fed);
    }
    return new Findings(
        plan.beat(),
        fed.size(),
        decisions,
        ledger.brokenChains(),
        takeovers,
        ledger.seconds(fed),
        ledger.epoch());
  }

  /** Something that is to come about. */
  private interface Condition {
    boolean holds() throws SQLException;
  }

  private static void await(String what, Condition condition)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("%s: not in %d s".formatted(what, PATIENCE_SECONDS));
      }
      Thread.sleep(50);
    }
  }
}

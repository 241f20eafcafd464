package io.mlassets.inference;

import io.mlassets.inference.ShardLeases.Progress;
import io.mlassets.market.Pair;
import io.mlassets.shard.FairShare;
import io.mlassets.shard.ShardPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The shards this replica holds. Leases are prolonged by the decision thread itself, between its
 * reads: one that hangs loses its shards. For the decision thread only, except {@link #seen}.
 */
@Component
class HeldShards {
  private static final Logger log = LoggerFactory.getLogger(HeldShards.class);

  /** Renewals within a lease's length. */
  private static final int RENEWALS = 3;

  /** How often it is looked for a shard that another replica is about to give up. */
  private static final long WISH_NANOS = 200_000_000;

  private final ShardLeases leases;
  private final ShardTable table;
  private final InferenceMetrics metrics;
  private final long everyNanos;
  private @Nullable ShardPlan plan;
  private final SortedMap<Integer, Long> held = new TreeMap<>();
  private boolean looked;
  private boolean refused;
  private long nextLook;
  private volatile ShardTable.@Nullable Seen seen;

  HeldShards(
      ShardLeases leases, ShardTable table, ShardSettings settings, InferenceMetrics metrics) {
    this.leases = leases;
    this.table = table;
    this.metrics = metrics;
    this.everyNanos = settings.lease().toNanos() / RENEWALS;
  }

  /**
   * How pairs are split from now on. Shards of another plan are given up.
   *
   * @throws DataAccessException if these cannot be given up because PostgreSQL is away
   */
  void split(ShardPlan next) {
    ShardPlan before = plan;
    if (before != null && !before.id().equals(next.id())) {
      release(Progress.UNKNOWN);
    }
    plan = next;
    nextLook = System.nanoTime();
  }

  /** How pairs are split; there is a model. */
  ShardPlan plan() {
    return Objects.requireNonNull(plan);
  }

  /** Our shards and their epochs. */
  SortedMap<Integer, Long> held() {
    return Collections.unmodifiableSortedMap(held);
  }

  /** Whether a pair's shard is ours, as far as we know. */
  boolean holds(Pair pair) {
    OptionalInt shard = plan().shardOf(pair);
    return shard.isPresent() && held.containsKey(shard.getAsInt());
  }

  /** The epoch in which a pair that is ours is decided. */
  long epoch(Pair pair) {
    return Objects.requireNonNull(held.get(plan().shardOf(pair).orElseThrow()));
  }

  /** What the last look saw, null before the first. */
  ShardTable.@Nullable Seen seen() {
    return seen;
  }

  /**
   * Prolongs, takes and gives up, when it is time.
   *
   * @throws DataAccessException if PostgreSQL is away at the first look; later ones are made again
   */
  void look(Progress progress) {
    if (System.nanoTime() - nextLook < 0) {
      return;
    }
    try {
      lookNow(progress);
    } catch (DataAccessException | TransactionException e) {
      if (!looked) {
        throw e;
      }
      // What was decided meanwhile is fenced by its commit.
      log.warn("leases of shards not renewed: {}", e.toString());
      nextLook = System.nanoTime() + everyNanos;
    }
  }

  /** Prolongs only, when it is time: for work that lasts. */
  void keep() {
    if (looked && System.nanoTime() - nextLook >= 0) {
      try {
        leases.renew(plan(), Progress.UNKNOWN);
      } catch (DataAccessException | TransactionException e) {
        log.warn("leases of shards not renewed: {}", e.toString());
      }
      nextLook = System.nanoTime() + everyNanos;
    }
  }

  private void lookNow(Progress progress) {
    long now = System.nanoTime();
    SortedMap<Integer, Long> renewed = leases.renew(plan(), progress);
    keepOnly(renewed);
    // Taken by a transaction whose end we did not hear of.
    held.putAll(renewed);
    ShardTable.Seen state = table.seen(plan(), leases.me());
    SortedMap<Integer, String> fair = FairShare.of(plan().count(), state.alive(), state.holders());
    if (plan().id().equals(state.plan())) {
      giveUp(fair, progress);
    }
    List<Integer> wanted = new ArrayList<>();
    fair.forEach(
        (shard, replica) -> {
          if (replica.equals(leases.me()) && !held.containsKey(shard)) {
            wanted.add(shard);
          }
        });
    if (!wanted.isEmpty()) {
      took(leases.take(plan(), wanted));
      state = table.seen(plan(), leases.me());
    }
    looked = true;
    seen = state;
    tellOfOtherPlan(state);
    boolean hurry = !refused && !held.keySet().containsAll(wanted);
    nextLook = now + (hurry ? Math.min(everyNanos, WISH_NANOS) : everyNanos);
  }

  private void giveUp(SortedMap<Integer, String> fair, Progress progress) {
    List<Integer> surplus =
        held.keySet().stream().filter(shard -> !leases.me().equals(fair.get(shard))).toList();
    if (!surplus.isEmpty()) {
      leases.release(surplus, progress);
      surplus.forEach(held::remove);
      metrics.shardsHeld(held.size());
      log.info("shards {} given up for others, {} left", surplus, held.keySet());
    }
  }

  private void took(SortedMap<Integer, Long> taken) {
    if (!taken.isEmpty()) {
      held.putAll(taken);
      metrics.shardsTaken(taken.size());
      metrics.shardsHeld(held.size());
      log.info("shards taken, with epochs: {}; {} held", taken, held.keySet());
    }
  }

  private void tellOfOtherPlan(ShardTable.Seen state) {
    boolean other = !plan().id().equals(state.plan()) && !state.holders().isEmpty();
    if (other && !refused) {
      metrics.planRefused();
      log.error(
          "pairs are split otherwise by {} than here: nothing is decided here until they stop or do"
              + " as we do (another model yet, or another INFERENCE_SHARDS_SIZE?)",
          state.holders().values().stream().distinct().sorted().toList());
    }
    refused = other;
  }

  /** Our shards as a transaction found and locked them. */
  SortedMap<Integer, Long> lock(Progress progress) {
    return leases.lock(progress);
  }

  /**
   * Of those decided, the ones whose shards are ours still under the epoch they were decided in.
   */
  List<Decided> ours(Collection<Decided> decisions, SortedMap<Integer, Long> locked) {
    return decisions.stream()
        .filter(
            decided -> {
              int shard = plan().shardOf(decided.signal().pair()).orElseThrow();
              Long epoch = held.get(shard);
              return epoch != null && epoch.equals(locked.get(shard));
            })
        .toList();
  }

  /** What is not among these, under its epoch, is another's by now. */
  void keepOnly(SortedMap<Integer, Long> ours) {
    SortedMap<Integer, Long> lost = new TreeMap<>(held);
    lost.entrySet().removeAll(ours.entrySet());
    if (!lost.isEmpty()) {
      lost.keySet().forEach(held::remove);
      metrics.shardsLost(lost.size());
      metrics.shardsHeld(held.size());
      log.warn("shards lost, with epochs: {}", lost);
      nextLook = System.nanoTime();
    }
  }

  /** Gives everything up at once and is no replica any more. */
  void leave(Progress progress) {
    if (plan == null) {
      return;
    }
    try {
      release(progress);
      leases.leave();
    } catch (DataAccessException | TransactionException e) {
      log.warn("shards {} not released, their leases will end: {}", held.keySet(), e.toString());
    }
  }

  private void release(Progress progress) {
    if (!held.isEmpty()) {
      leases.release(held.keySet(), progress);
      log.info("shards {} released", held.keySet());
      held.clear();
      metrics.shardsHeld(0);
    }
  }
}

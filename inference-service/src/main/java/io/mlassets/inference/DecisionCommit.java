package io.mlassets.inference;

import io.mlassets.inference.risk.RiskBook;
import io.mlassets.market.Pair;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.policy.Policies;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Brings decisions into the record, waiting for PostgreSQL with them in hand, and then to all who
 * want to hear of them. What was decided for a shard that is another's by now is dropped: that
 * replica decides it.
 */
@Component
class DecisionCommit {
  private static final Logger log = LoggerFactory.getLogger(DecisionCommit.class);

  private final SignalStore store;
  private final HeldShards shards;
  private final UntilDone untilDone;
  private final Quarantine quarantine;
  private final LiveCache cache;
  private final InferenceMetrics metrics;
  private final StageMetrics stages;
  private final RiskBook risk;
  private final ShadowRun shadowRun;
  private final Clock clock;
  private final InferenceSettings settings;

  DecisionCommit(
      SignalStore store,
      HeldShards shards,
      UntilDone untilDone,
      Quarantine quarantine,
      LiveCache cache,
      InferenceMetrics metrics,
      StageMetrics stages,
      RiskBook risk,
      ShadowRun shadowRun,
      Clock clock,
      InferenceSettings settings) {
    this.store = store;
    this.shards = shards;
    this.untilDone = untilDone;
    this.quarantine = quarantine;
    this.cache = cache;
    this.metrics = metrics;
    this.stages = stages;
    this.risk = risk;
    this.shadowRun = shadowRun;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Commits.
   *
   * @param policies by which all of them were made
   * @param progress how far decisions have come with these
   * @return those PostgreSQL refused for their content, the first of each pair; what was decided on
   *     the pair after it is not on record either, as it was decided of what is not
   * @throws UntilDone.StoppedException if the service stops first
   */
  List<Decided> commit(Policies policies, List<Decided> decisions, ShardLeases.Progress progress) {
    List<Decided> recorded = new ArrayList<>();
    List<Decided> refused = new ArrayList<>();
    long before = System.nanoTime();
    SortedMap<Integer, Long> locked;
    try {
      locked = insert(policies, decisions, progress, recorded);
    } catch (DataIntegrityViolationException e) {
      log.error("{} decisions were refused together, now one by one", decisions.size(), e);
      insertEach(policies, decisions, recorded, refused);
      locked = insert(policies, List.of(), ShardLeases.Progress.UNKNOWN, recorded);
    }
    long took = System.nanoTime() - before;
    shards.keepOnly(locked);
    tell(recorded, took);
    return refused;
  }

  private void tell(List<Decided> committed, long took) {
    if (committed.isEmpty()) {
      return;
    }
    Instant at = clock.instant();
    cache.wakeDispatcher();
    metrics.committed(committed, at);
    stages.committed(committed, took);
    committed.forEach(decided -> risk.decided(decided.signal()));
    shadowRun.beside(committed);
  }

  private SortedMap<Integer, Long> insert(
      Policies policies,
      List<Decided> decisions,
      ShardLeases.Progress progress,
      List<Decided> recorded) {
    SortedMap<Integer, Long> locked =
        untilDone.get(
            "commit",
            () -> {
              try {
                return store.commit(settings.scope(), policies, decisions, shards, progress);
              } catch (DataAccessException | TransactionException e) {
                metrics.commitFailed();
                throw e;
              }
            });
    List<Decided> ours = shards.ours(decisions, locked);
    if (ours.size() < decisions.size()) {
      metrics.fenced(decisions.size() - ours.size());
      log.warn("{} decisions of shards lost are dropped", decisions.size() - ours.size());
    }
    recorded.addAll(ours);
    return locked;
  }

  /** What PostgreSQL refuses for its content would be refused for ever. */
  private void insertEach(
      Policies policies, List<Decided> decisions, List<Decided> recorded, List<Decided> refused) {
    Set<Pair> without = new HashSet<>();
    for (Decided decided : decisions) {
      Pair pair = decided.signal().pair();
      if (without.contains(pair)) {
        continue;
      }
      try {
        insert(policies, List.of(decided), ShardLeases.Progress.UNKNOWN, recorded);
      } catch (DataIntegrityViolationException e) {
        quarantine.refuse(
            "decision", String.valueOf(e.getMostSpecificCause().getMessage()), decided.toString());
        metrics.decisionFailed(pair);
        without.add(pair);
        refused.add(decided);
      }
    }
  }
}

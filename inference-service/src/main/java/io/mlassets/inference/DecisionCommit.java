package io.mlassets.inference;

import io.mlassets.inference.risk.RiskBook;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.policy.Policies;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
   * @throws UntilDone.StoppedException if the service stops first
   */
  void commit(Policies policies, List<Decided> decisions, ShardLeases.Progress progress) {
    SortedMap<Integer, Long> locked = new TreeMap<>();
    long before = System.nanoTime();
    try {
      locked.putAll(insert(policies, decisions, progress));
    } catch (DataIntegrityViolationException e) {
      log.error("{} decisions were refused together, now one by one", decisions.size(), e);
      for (Decided decided : decisions) {
        locked.clear();
        locked.putAll(insertAlone(policies, decided));
      }
    }
    long took = System.nanoTime() - before;
    List<Decided> ours = shards.ours(decisions, locked);
    if (ours.size() < decisions.size()) {
      metrics.fenced(decisions.size() - ours.size());
      log.warn("{} decisions of shards lost are dropped", decisions.size() - ours.size());
    }
    shards.keepOnly(locked);
    tell(ours, took);
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
      Policies policies, List<Decided> decisions, ShardLeases.Progress progress) {
    return untilDone.get(
        "commit",
        () -> {
          try {
            return store.commit(settings.scope(), policies, decisions, shards, progress);
          } catch (DataAccessException | TransactionException e) {
            metrics.commitFailed();
            throw e;
          }
        });
  }

  /** What PostgreSQL refuses for its content would be refused for ever. */
  private SortedMap<Integer, Long> insertAlone(Policies policies, Decided decided) {
    try {
      return insert(policies, List.of(decided), ShardLeases.Progress.UNKNOWN);
    } catch (DataIntegrityViolationException e) {
      quarantine.refuse(
          "decision", String.valueOf(e.getMostSpecificCause().getMessage()), decided.toString());
      return insert(policies, List.of(), ShardLeases.Progress.UNKNOWN);
    }
  }
}

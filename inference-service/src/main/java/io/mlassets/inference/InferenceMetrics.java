package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.decision.HoldReason;
import io.mlassets.market.Pair;
import io.mlassets.platform.observe.WatchedDuration;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What inference measures of itself (O-02, E-02, E-04). */
@Component
class InferenceMetrics {
  private static final Logger log = LoggerFactory.getLogger(InferenceMetrics.class);
  private final MeterRegistry meters;
  private final WatchedDuration latency;
  private final Duration alert;
  private final AtomicLong likedCandidates = new AtomicLong();
  private final AtomicLong refusedCandidates = new AtomicLong();
  private final AtomicInteger held = new AtomicInteger();
  private final Map<Pair, Long> missing = new ConcurrentHashMap<>();

  InferenceMetrics(MeterRegistry meters, InferenceSettings settings) {
    this.meters = meters;
    this.alert = settings.latencyAlert();
    this.latency =
        new WatchedDuration(
            meters, "inference_latency", "From bar in the stream to signal committed");
    meters.gauge("shards_held", held);
    meters.gauge("no_trade_rate", this, InferenceMetrics::noTradeRate);
  }

  /** Share of the candidates AI1 liked that AI2 refused, since start; NaN without any. */
  private double noTradeRate() {
    return (double) refusedCandidates.get() / likedCandidates.get();
  }

  /** Decisions were committed. */
  void committed(List<Decided> decisions, Instant at) {
    Duration slowest = Duration.ZERO;
    for (Decided decided : decisions) {
      count(decided);
      Instant cameAt = decided.cameAt();
      if (cameAt == null) {
        meters.counter("signals_caught_up_total").increment();
      } else {
        Duration took = Duration.between(cameAt, at);
        latency.record(took.isNegative() ? Duration.ZERO : took);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
      }
    }
    if (slowest.compareTo(alert) > 0) {
      meters.counter("inference_latency_alerts_total").increment();
      log.warn(
          "{} signals took up to {} ms, more than {} ms",
          decisions.size(),
          slowest.toMillis(),
          alert.toMillis());
    }
  }

  private void count(Decided decided) {
    Signal signal = decided.signal();
    meters
        .counter("signals_total", "action", signal.action().name(), "mode", signal.mode().wire())
        .increment();
    boolean refused = signal.reason().equals(HoldReason.HIGH_RISK.text());
    boolean stopped = signal.reason().equals(HoldReason.PAIR_STOPPED.text());
    if (refused || stopped || signal.action() == Action.ENTER) {
      likedCandidates.incrementAndGet();
    }
    if (refused) {
      refusedCandidates.incrementAndGet();
    }
  }

  /** A bar is decided without the features its model asks for. */
  void featuresMissing(Pair pair) {
    meters.counter("features_missing_total", "pair", pair.id()).increment();
  }

  void inForce(LiveModel model) {
    meters.counter("model_swaps_total", "version", model.bundle().version().value()).increment();
  }

  /** A bundle's file is again, or for the first time, as the database has it. */
  void bundleRestored() {
    meters.counter("bundles_restored_total").increment();
  }

  /** The model that decides got other thresholds. */
  void retuned() {
    meters.counter("threshold_changes_total").increment();
  }

  /** A decision could not be made; the others go on. */
  void decisionFailed(Pair pair) {
    meters.counter("decision_failures_total", "pair", pair.id()).increment();
  }

  /** PostgreSQL did not answer; {@code what} will be tried again. */
  void databaseFailed(String what) {
    meters.counter("database_retries_total", "work", what).increment();
  }

  void shardsHeld(int number) {
    held.set(number);
  }

  void shardsTaken(int number) {
    meters.counter("shards_taken_total").increment(number);
  }

  /** Shards another replica took from this one. */
  void shardsLost(int number) {
    meters.counter("shards_lost_total").increment(number);
  }

  /** Replicas that split pairs otherwise keep this one from deciding. */
  void planRefused() {
    meters.counter("shard_plans_refused_total").increment();
  }

  /** Decisions were not committed because their shards are another's. */
  void fenced(int decisions) {
    meters.counter("decisions_fenced_total").increment(decisions);
  }

  void commitFailed() {
    meters.counter("commit_failures_total").increment();
  }

  void missingLegs(Pair pair, int count) {
    if (count > 0) {
      missing.merge(pair, (long) count, Long::sum);
      meters.counter("bars_missing_leg_total", "pair", pair.id()).increment(count);
      log.warn("{}: {} bars without their other leg", pair, count);
    }
  }

  long missingLegs(Pair pair) {
    return missing.getOrDefault(pair, 0L);
  }
}

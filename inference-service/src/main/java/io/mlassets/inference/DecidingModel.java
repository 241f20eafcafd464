package io.mlassets.inference;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.inference.features.FeatureFeed;
import io.mlassets.market.Symbol;
import io.mlassets.model.BundleManifest;
import io.mlassets.shard.ShardPlan;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The model that decides, with the symbols and the features it asks for. What goes on under it
 * follows when it is swapped: the shards, the pairs, the source of features. For the decision
 * thread only, except {@link #announced}.
 */
@Component
class DecidingModel {
  private static final Logger log = LoggerFactory.getLogger(DecidingModel.class);

  private final ModelWatch models;
  private final DecidingPolicies policies;
  private final HeldShards shards;
  private final ShardSettings settings;
  private final LivePairs pairs;
  private final PairBoard board;
  private final HeardBars heard;
  private final FeatureFeed features;
  private final History history;
  private final UntilDone untilDone;
  private final InferenceMetrics metrics;

  private @Nullable LiveModel deciding;
  private FeatureSchema schema = FeatureSchema.current();
  private Set<Symbol> symbols = Set.of();
  private volatile @Nullable LiveModel announced;

  DecidingModel(
      ModelWatch models,
      DecidingPolicies policies,
      HeldShards shards,
      ShardSettings settings,
      LivePairs pairs,
      PairBoard board,
      HeardBars heard,
      FeatureFeed features,
      History history,
      UntilDone untilDone,
      InferenceMetrics metrics) {
    this.models = models;
    this.policies = policies;
    this.shards = shards;
    this.settings = settings;
    this.pairs = pairs;
    this.board = board;
    this.heard = heard;
    this.features = features;
    this.history = history;
    this.untilDone = untilDone;
    this.metrics = metrics;
  }

  /** The model that decides, null before the first. */
  @Nullable LiveModel now() {
    return deciding;
  }

  /** Of the features it asks for. */
  FeatureSchema schema() {
    return schema;
  }

  /** The legs of its pairs. */
  Set<Symbol> symbols() {
    return symbols;
  }

  /** The model others may know of, null while waiting for the first; for any thread. */
  @Nullable LiveModel announced() {
    return announced;
  }

  /**
   * Takes the newest model. Between two reads, so no bar is scored half by one model and half by
   * the other.
   *
   * @param look called on other threads when bars that wait for features may go on
   */
  void swap(Runnable look) {
    LiveModel next = models.ready();
    LiveModel current = deciding;
    if (next == null || (current != null && next.isSame(current))) {
      return;
    }
    if (current == null || !current.fits(next)) {
      beginAnew(current, next.bundle().manifest());
    }
    FeatureSchema asked = next.schema();
    if (!asked.isCurrent()) {
      BundleManifest manifest = next.bundle().manifest();
      features.start(
          untilDone.get(
              "look for the last decisions",
              () -> history.earliestDecided(next.mode(), manifest.pairs(), manifest.interval())),
          look);
    }
    schema = asked;
    deciding = next;
    policies.of(next);
  }

  /** Nothing of the pairs that are here can go on. */
  private void beginAnew(@Nullable LiveModel current, BundleManifest manifest) {
    shards.split(new ShardPlan(manifest.pairs(), settings.size()));
    pairs.retain(Collections.emptySortedMap());
    board.live(List.of());
    symbols =
        manifest.pairs().stream()
            .flatMap(pair -> pair.legs().stream())
            .collect(Collectors.toUnmodifiableSet());
    if (current != null && !current.bundle().manifest().interval().equals(manifest.interval())) {
      heard.forget();
    }
  }

  /** Once the pairs of our shards are here, others may know. */
  void announce() {
    LiveModel next = deciding;
    LiveModel before = announced;
    if (next == null || (before != null && next.isSame(before))) {
      return;
    }
    announced = next;
    if (before != null && next.isSameBundle(before)) {
      tellChanged(before, next);
    } else {
      metrics.inForce(next);
      log.info("model {} decides, mode {}", next.bundle().version(), next.mode().wire());
    }
  }

  private void tellChanged(LiveModel current, LiveModel next) {
    if (!next.thresholds().equals(current.thresholds())) {
      metrics.retuned();
      log.info("thresholds {} instead of {}", next.thresholds(), current.thresholds());
    }
    if (!next.policies().hash().equals(current.policies().hash())) {
      log.info("decides by policies {} from now on", next.policies().hash());
    }
  }
}

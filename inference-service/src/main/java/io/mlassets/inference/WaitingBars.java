package io.mlassets.inference;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.inference.features.FeatureFeed;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whole bars that wait for the vector the data pipeline makes of them: of each pair in order, and
 * no pair waits for another. A bar that has waited long enough is looked up in {@code
 * core.features}; where that has nothing either, every value of it is missing, and nothing is
 * entered. For the decision thread only.
 */
@Component
class WaitingBars {

  /** A bar that can be decided, by the features its model asks for. */
  record Ready(LivePair pair, MarketView view, @Nullable Instant cameAt) {}

  private record Waiting(
      LivePair pair,
      MarketView view,
      @Nullable Instant cameAt,
      long sinceNanos,
      BarPosition.@Nullable Read read) {}

  private final FeatureFeed features;
  private final UntilDone untilDone;
  private final InferenceMetrics metrics;
  private final Map<LivePair, Deque<Waiting>> waiting = new LinkedHashMap<>();

  WaitingBars(FeatureFeed features, UntilDone untilDone, InferenceMetrics metrics) {
    this.features = features;
    this.untilDone = untilDone;
    this.metrics = metrics;
  }

  /**
   * A bar is whole.
   *
   * @param read of which the first of it came; null if it came from {@code core.bars}
   */
  void add(
      LivePair pair, MarketView view, @Nullable Instant cameAt, BarPosition.@Nullable Read read) {
    waiting
        .computeIfAbsent(pair, p -> new ArrayDeque<>())
        .add(new Waiting(pair, view, cameAt, System.nanoTime(), read));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The reads of which bars that wait came. */
  Stream<BarPosition.Read> reads() {
    return waiting.values().stream()
        .flatMap(Deque::stream)
        .flatMap(bar -> Stream.ofNullable(bar.read()));
  }

  /** Forgets the bars of pairs that are not decided here any more. */
  void keepOnly(LivePairs pairs) {
    waiting.keySet().removeIf(pair -> !pairs.isHere(pair));
  }

  /** The bars that need wait no longer, each pair's oldest first. */
  List<Ready> take(FeatureSchema schema) {
    List<Ready> ready = new ArrayList<>();
    Iterator<Deque<Waiting>> pairs = waiting.values().iterator();
    while (pairs.hasNext()) {
      Deque<Waiting> bars = pairs.next();
      while (!bars.isEmpty()) {
        Optional<MarketView> view = view(bars.getFirst(), schema);
        if (view.isEmpty()) {
          break;
        }
        Waiting first = bars.removeFirst();
        ready.add(new Ready(first.pair(), view.get(), first.cameAt()));
      }
      if (bars.isEmpty()) {
        pairs.remove();
      }
    }
    return ready;
  }

  private Optional<MarketView> view(Waiting bar, FeatureSchema schema) {
    if (schema.isCurrent()) {
      return Optional.of(bar.view());
    }
    Pair pair = bar.view().bar().pair();
    BarInterval interval = bar.view().bar().a().interval();
    Instant ts = bar.view().bar().ts();
    Optional<FeatureVector> vector = features.heard(schema, pair, interval, ts);
    if (vector.isEmpty() && features.isOver(bar.sinceNanos())) {
      vector =
          untilDone
              .get("look for features", () -> features.stored(schema, pair, interval, ts))
              .or(() -> Optional.of(missing(schema, pair, interval, ts)));
    }
    return vector.map(bar.view()::with);
  }

  private FeatureVector missing(FeatureSchema schema, Pair pair, BarInterval interval, Instant ts) {
    features.missed(schema, pair, interval, ts);
    metrics.featuresMissing(pair);
    return FeatureVector.missing(schema, pair, ts);
  }
}

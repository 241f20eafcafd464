package io.mlassets.inference.features;

import io.mlassets.feature.FeatureVector;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The newest vectors heard of every pair, also of those other replicas decide on: whoever takes a
 * shard over finds them. For any thread.
 */
final class HeardVectors {
  /** Of a pair, interval and schema; as many as bars are kept of a symbol. */
  static final int MOST = 256;

  /** What became of a vector that was heard. */
  enum Outcome {
    NEW,
    /** The same was heard before. */
    DUPLICATE,
    /** Another one was heard before, which counts. */
    CONFLICT,
    /** Its bar was decided without it. */
    LATE
  }

  private final Map<VectorKey, NavigableMap<Instant, FeatureVector>> vectors = new HashMap<>();
  private final Map<VectorKey, NavigableSet<Instant>> missed = new HashMap<>();

  synchronized Outcome add(VectorKey key, FeatureVector vector) {
    NavigableMap<Instant, FeatureVector> heard = vectors.computeIfAbsent(key, k -> new TreeMap<>());
    FeatureVector before = heard.get(vector.ts());
    if (before != null) {
      return before.equals(vector) ? Outcome.DUPLICATE : Outcome.CONFLICT;
    }
    heard.put(vector.ts(), vector);
    if (heard.size() > MOST) {
      heard.pollFirstEntry();
    }
    NavigableSet<Instant> late = missed.get(key);
    return late != null && late.contains(vector.ts()) ? Outcome.LATE : Outcome.NEW;
  }

  synchronized Optional<FeatureVector> find(VectorKey key, Instant ts) {
    NavigableMap<Instant, FeatureVector> heard = vectors.get(key);
    return heard == null ? Optional.empty() : Optional.ofNullable(heard.get(ts));
  }

  /** A bar was decided without its vector. */
  synchronized void missed(VectorKey key, Instant ts) {
    NavigableSet<Instant> late = missed.computeIfAbsent(key, k -> new TreeSet<>());
    late.add(ts);
    if (late.size() > MOST) {
      late.pollFirst();
    }
  }
}

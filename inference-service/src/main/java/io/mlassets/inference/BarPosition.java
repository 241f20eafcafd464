package io.mlassets.inference;

import io.mlassets.inference.ShardLeases.Progress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Where in the source of bars reading begins, and how far decisions have come in it: no bar that
 * some shard has not decided is behind. For the decision thread only, except {@link #start}.
 */
@Component
class BarPosition {
  /**
   * A read of the source.
   *
   * @param number increasing
   * @param after the position it began after; null if that is not known
   */
  record Read(long number, @Nullable String after) {
    static final Comparator<Read> ORDER = Comparator.comparingLong(Read::number);
  }

  private static final Logger log = LoggerFactory.getLogger(BarPosition.class);
  private final ShardTable shards;
  private final BarSource source;
  private final LivePairs pairs;
  private final WaitingBars waiting;
  private Read reading = new Read(0, null);

  BarPosition(ShardTable shards, BarSource source, LivePairs pairs, WaitingBars waiting) {
    this.shards = shards;
    this.source = source;
    this.pairs = pairs;
    this.waiting = waiting;
  }

  /** The earliest of all shards, or the source's beginning when one of them is not known. */
  String start() {
    List<String> kept;
    try {
      kept = shards.positions();
    } catch (DataAccessException e) {
      log.warn("positions are not readable, {} is read from its beginning", source.name(), e);
      return source.beginning();
    }
    String ours = kept("");
    return kept.stream().allMatch(position -> position.startsWith(ours))
        ? kept.stream()
            .map(position -> position.substring(ours.length()))
            .min(source.order())
            .orElse(source.beginning())
        : source.beginning();
  }

  /** As it is kept with a shard. */
  private String kept(String position) {
    return source.kind() + " " + position;
  }

  /** The read whose bars are handled now. */
  Read reading() {
    return reading;
  }

  /** Up to where bars were handled, null before the first. */
  @Nullable String handled() {
    return reading.after();
  }

  /** The bars of a read were handled, up to there; null before the first. */
  void handled(@Nullable String last) {
    reading = new Read(reading.number() + 1, last);
  }

  /** How far decisions have come with the bars handled. */
  Progress progress() {
    return progress(handled());
  }

  /**
   * All our shards whose pairs are here are decided up to there, but for bars that wait for
   * features and legs that wait for their other one.
   *
   * @param last up to where bars are handled once what is to be committed is; null before the first
   */
  Progress progress(@Nullable String last) {
    waiting.keepOnly(pairs);
    Optional<Read> oldest = Stream.concat(waiting.reads(), pairs.halfRead()).min(Read.ORDER);
    String decided = oldest.isEmpty() ? last : oldest.get().after();
    return decided == null
        ? Progress.UNKNOWN
        : new Progress(kept(decided), Set.copyOf(pairs.shards().keySet()));
  }
}

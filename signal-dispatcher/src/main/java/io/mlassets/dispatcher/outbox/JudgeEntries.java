package io.mlassets.dispatcher.outbox;

import io.mlassets.control.EntryLimits;
import io.mlassets.control.EntryLimits.Refusal;
import io.mlassets.control.EntryRules;
import io.mlassets.control.LastEntry;
import io.mlassets.platform.MarketClock;
import io.mlassets.policy.Policies;
import io.mlassets.signal.Signal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Limits on entries beside the trading state: a last look at what a broken inference may decide.
 * What was sent within the last minute is remembered, and read from the record by a new leader.
 */
@Component
class JudgeEntries {
  private final EntryRules rules;
  private final EntryHistory history;
  private final MarketClock marketClock;
  private final Map<SignalStream, List<Instant>> recent = new HashMap<>();

  JudgeEntries(Policies policies, EntryHistory history, MarketClock marketClock) {
    this.rules = policies.signals().entries();
    this.history = history;
    this.marketClock = marketClock;
  }

  /** Signals that are numbered together; {@link #keep} once that is committed. */
  Batch batch(SignalStream stream) {
    return new Batch(stream);
  }

  void keep(Batch batch) {
    recent.put(batch.stream, batch.limits.recent());
  }

  /** Another may have sent since. */
  void forget(SignalStream stream) {
    recent.remove(stream);
  }

  /** Judges one after the other, each knowing those before it. */
  final class Batch {
    private final SignalStream stream;
    private final EntryLimits limits;
    private final Map<String, Optional<LastEntry>> last = new HashMap<>();
    private final Set<String> exited = new HashSet<>();

    private Batch(SignalStream stream) {
      this.stream = stream;
      this.limits = new EntryLimits(rules, recent.computeIfAbsent(stream, history::recent));
    }

    /** Why an entry may not go; empty when it may. */
    Optional<Refusal> entry(Signal signal) {
      String pair = signal.pair().id();
      Instant barEnd = signal.interval().endOf(signal.barTs());
      Optional<Refusal> refusal = limits.judge(barEnd, marketClock.now(), () -> last(pair));
      if (refusal.isEmpty()) {
        last.put(pair, Optional.of(new LastEntry(barEnd, signal.expiresAt(), false, false)));
        exited.remove(pair);
      }
      return refusal;
    }

    /** An exit goes. */
    void exit(Signal signal) {
      exited.add(signal.pair().id());
    }

    private Optional<LastEntry> last(String pair) {
      Optional<LastEntry> known = last.computeIfAbsent(pair, one -> history.last(stream, one));
      return exited.contains(pair) ? known.map(LastEntry::withExit) : known;
    }
  }
}

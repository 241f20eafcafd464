package io.mlassets.dispatcher.outbox;

import io.mlassets.control.EntryLimits;
import io.mlassets.control.EntryLimits.Refusal;
import io.mlassets.control.LastEntry;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.PoliciesInForce;
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
 * What a leader sent it remembers: entries of the last minute, and which entries an exit followed.
 * Those are over, whatever is dealt; of any other the record knows best.
 */
@Component
class JudgeEntries {
  private final PoliciesInForce policies;
  private final EntryHistory history;
  private final MarketClock marketClock;
  private final Map<SignalStream, Sent> sent = new HashMap<>();

  JudgeEntries(PoliciesInForce policies, EntryHistory history, MarketClock marketClock) {
    this.policies = policies;
    this.history = history;
    this.marketClock = marketClock;
  }

  /** Signals that are numbered together; {@link #keep} once that is committed. */
  Batch batch(SignalStream stream) {
    return new Batch(stream);
  }

  void keep(Batch batch) {
    batch.sent.recent = batch.limits.recent();
    batch.last.forEach((pair, last) -> last.ifPresent(one -> batch.sent.last.put(pair, one)));
    batch.exited.forEach(
        pair -> batch.sent.last.computeIfPresent(pair, (same, one) -> one.withExit()));
  }

  /** Another may have sent since. */
  void forget(SignalStream stream) {
    sent.remove(stream);
  }

  private static final class Sent {
    private List<Instant> recent;
    private final Map<String, LastEntry> last = new HashMap<>();

    private Sent(List<Instant> recent) {
      this.recent = recent;
    }
  }

  /** Judges one after the other, each knowing those before it. */
  final class Batch {
    private final SignalStream stream;
    private final Sent sent;
    private final EntryLimits limits;
    private final Map<String, Optional<LastEntry>> last = new HashMap<>();
    private final Set<String> exited = new HashSet<>();

    private Batch(SignalStream stream) {
      this.stream = stream;
      this.sent =
          JudgeEntries.this.sent.computeIfAbsent(stream, one -> new Sent(history.recent(one)));
      this.limits = new EntryLimits(policies.now().signals().entries(), sent.recent);
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
      Optional<LastEntry> known = last.computeIfAbsent(pair, this::before);
      return exited.contains(pair) ? known.map(LastEntry::withExit) : known;
    }

    private Optional<LastEntry> before(String pair) {
      return Optional.ofNullable(sent.last.get(pair))
          .filter(LastEntry::exited)
          .or(() -> history.last(stream, pair));
    }
  }
}

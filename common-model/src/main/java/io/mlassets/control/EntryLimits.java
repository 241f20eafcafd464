package io.mlassets.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Judges entry after entry of one account. */
public final class EntryLimits {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Why an entry may not go. */
  public enum Refusal {
    /** As many as may go within a minute went. */
    ENTRIES_PER_MINUTE,
    /** The pair's last entry is open. */
    ENTRY_OPEN,
    /** The pair's last entry is too recent. */
    ENTRY_REPEATED;

    /** The form of tables and metrics. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final EntryRules rules;
  private final Deque<Instant> sent;

  /**
   * Goes on from what was sent.
   *
   * @param recent market times of entries sent, oldest first
   */
  public EntryLimits(EntryRules rules, Collection<Instant> recent) {
    this.rules = rules;
    this.sent = new ArrayDeque<>(recent);
  }

  /**
   * Whether an entry may go; if so it counts as sent.
   *
   * @param barEnd end of the bar it was decided on
   * @param now market time, never going back
   * @param last the pair's last entry, asked for only when it matters
   */
  public Optional<Refusal> judge(Instant barEnd, Instant now, Supplier<Optional<LastEntry>> last) {
    while (!sent.isEmpty() && !sent.getFirst().isAfter(now.minus(MINUTE))) {
      sent.removeFirst();
    }
    if (sent.size() >= rules.perMinute()) {
      return Optional.of(Refusal.ENTRIES_PER_MINUTE);
    }
    Optional<Refusal> repeated = last.get().flatMap(entry -> repeats(entry, barEnd, now));
    if (repeated.isEmpty()) {
      sent.addLast(now);
    }
    return repeated;
  }

  private Optional<Refusal> repeats(LastEntry last, Instant barEnd, Instant now) {
    if (last.isOpen(now)) {
      return Optional.of(Refusal.ENTRY_OPEN);
    }
    return Duration.between(last.barEnd(), barEnd).compareTo(rules.pause()) < 0
        ? Optional.of(Refusal.ENTRY_REPEATED)
        : Optional.empty();
  }

  /** Market times of the entries sent within the last minute, oldest first. */
  public List<Instant> recent() {
    return List.copyOf(sent);
  }
}

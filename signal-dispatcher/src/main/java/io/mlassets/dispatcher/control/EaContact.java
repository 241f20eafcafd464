package io.mlassets.dispatcher.control;

import io.mlassets.signal.SignalMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Whether the live Expert Advisor answers. It owes a sign of life, any, after each order sent here;
 * what was sent before a restart of this process is forgiven. Thread-safe.
 */
@Component
public class EaContact {
  /** Accounts whose name begins so follow shadow signals. */
  public static final String SHADOW_ACCOUNTS = "shadow-";

  private static final Duration APART = Duration.ofSeconds(1);

  private final Clock clock;
  private final Deque<Instant> unanswered = new ArrayDeque<>();
  private Instant lastSign = Instant.MIN;

  EaContact(Clock clock) {
    this.clock = clock;
  }

  /** The signals an account follows. */
  public static SignalMode modeOf(String account) {
    return account.startsWith(SHADOW_ACCOUNTS) ? SignalMode.SHADOW : SignalMode.LIVE;
  }

  /**
   * Orders were sent.
   *
   * @param at a moment before they were: the answer may be faster than this call
   */
  public synchronized void ordered(Instant at) {
    boolean close = !unanswered.isEmpty() && at.isBefore(unanswered.getLast().plus(APART));
    if (at.isAfter(lastSign) && !close) {
      unanswered.addLast(at);
    }
  }

  /** An account gave a sign of life. */
  public void heard(String account, Instant at) {
    if (modeOf(account) == SignalMode.LIVE) {
      heard(at);
    }
  }

  private synchronized void heard(Instant at) {
    if (at.isAfter(lastSign)) {
      lastSign = at;
    }
    while (!unanswered.isEmpty() && !unanswered.getFirst().isAfter(at)) {
      unanswered.removeFirst();
    }
  }

  /** Whether it owes an answer. */
  synchronized boolean isAwaited() {
    return !unanswered.isEmpty();
  }

  /** Nothing could be heard until now: waiting begins anew. */
  synchronized void excuse() {
    if (!unanswered.isEmpty()) {
      unanswered.clear();
      unanswered.addLast(clock.instant());
    }
  }

  /** How long the first order after {@code from} has been unanswered; empty without one. */
  synchronized Optional<Duration> silence(Instant from) {
    Instant now = clock.instant();
    return unanswered.stream()
        .filter(order -> order.isAfter(from))
        .findFirst()
        .map(order -> Duration.between(order, now));
  }
}

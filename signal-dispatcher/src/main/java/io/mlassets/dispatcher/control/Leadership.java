package io.mlassets.dispatcher.control;

import io.mlassets.market.BarInterval;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Since when this dispatcher sends the live signals, and the bars it saw; others see none. */
@Component
public class Leadership {
  private final Clock clock;
  private @Nullable Instant since;
  private Instant newestEnd = Instant.EPOCH;
  private Instant nextEnd = Instant.EPOCH;

  Leadership(Clock clock) {
    this.clock = clock;
  }

  /** Tells whether the lease of the live signals was got. */
  public synchronized void leads(boolean leads) {
    if (!leads) {
      since = null;
    } else if (since == null) {
      since = clock.instant();
    }
  }

  /** Whether this dispatcher sends. */
  public synchronized boolean leads() {
    return since != null;
  }

  /** A bar was decided on. */
  public synchronized void sawBar(Instant barTs, BarInterval interval) {
    Instant end = interval.endOf(barTs);
    Instant next = interval.endOf(end);
    if (end.isAfter(newestEnd) || (end.equals(newestEnd) && next.isBefore(nextEnd))) {
      newestEnd = end;
      nextEnd = next;
    }
  }

  /**
   * Market time since which the next bar has been due here; it may lie ahead. Null while this
   * dispatcher does not lead or knows of no bar.
   */
  synchronized @Nullable Instant barDueSince() {
    Instant leads = since;
    if (leads == null || newestEnd.equals(Instant.EPOCH)) {
      return null;
    }
    return nextEnd.isAfter(leads) ? nextEnd : leads;
  }
}

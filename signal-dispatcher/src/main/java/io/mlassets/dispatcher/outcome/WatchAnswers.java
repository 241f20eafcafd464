package io.mlassets.dispatcher.outcome;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.dispatcher.alert.Pages;
import io.mlassets.dispatcher.control.Leadership;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.dispatcher.outbox.SignalStream;
import io.mlassets.dispatcher.outcome.Unanswered.Owed;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.WatchLoop;
import io.mlassets.signal.SignalMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Looks for order signals whose answer is overdue: {@value #GRACE_SECONDS} seconds of market time
 * past their expiry. Those of live accounts page, one incident per account. While {@link
 * Cause#SILENT_EA} holds, people know already, so no further incident is opened.
 */
@Component
class WatchAnswers extends WatchLoop {
  static final int GRACE_SECONDS = 5;
  private static final String KEYS = "unacknowledged/";
  private final Unanswered unanswered;
  private final Pages pages;
  private final TradingStates states;
  private final Leadership leadership;
  private final MarketClock marketClock;
  private final Map<SignalStream, AtomicInteger> overdueOf = new HashMap<>();

  WatchAnswers(
      Unanswered unanswered,
      Pages pages,
      TradingStates states,
      Leadership leadership,
      MarketClock marketClock,
      MeterRegistry meters,
      DispatcherSettings settings) {
    super("answers", Duration.ZERO, settings.watchEvery());
    this.unanswered = unanswered;
    this.pages = pages;
    this.states = states;
    this.leadership = leadership;
    this.marketClock = marketClock;
    for (SignalMode mode : SignalMode.values()) {
      AtomicInteger gauge = new AtomicInteger();
      overdueOf.put(new SignalStream(settings.scope(), mode), gauge);
      meters.gauge("signals_unacknowledged", Tags.of("mode", mode.wire()), gauge);
    }
  }

  /** Looks once. Only who sends knows what time it is in a replay. */
  @Override
  protected void look() {
    Instant now = marketClock.now();
    if (!leadership.leads() || now.equals(Instant.EPOCH)) {
      overdueOf.values().forEach(gauge -> gauge.set(0));
      return;
    }
    Instant due = now.minus(Duration.ofSeconds(GRACE_SECONDS));
    overdueOf.forEach(
        (stream, gauge) -> {
          List<Owed> overdue =
              unanswered.of(stream).stream().filter(one -> one.expiresAt().isBefore(due)).toList();
          gauge.set((int) overdue.stream().mapToLong(Owed::seq).distinct().count());
          if (stream.mode() == SignalMode.LIVE) {
            page(stream, overdue);
          }
        });
  }

  private void page(SignalStream stream, List<Owed> overdue) {
    Map<String, List<Owed>> byKey =
        overdue.stream()
            .collect(
                Collectors.groupingBy(one -> key(stream, one), TreeMap::new, Collectors.toList()));
    for (String key : pages.open(KEYS)) {
      if (!byKey.containsKey(key)) {
        pages.close(key, key.substring(KEYS.length()) + ": every order signal has its outcome");
      }
    }
    if (states.current().of(Cause.SILENT_EA) == TradingState.ACTIVE) {
      byKey.forEach((key, owed) -> pages.open(alert(key, owed), owed.getLast().seq()));
    }
  }

  private static String key(SignalStream stream, Owed owed) {
    return KEYS + (owed.account().isEmpty() ? stream.id() : owed.account());
  }

  private static Alert alert(String key, List<Owed> owed) {
    Owed first = owed.getFirst();
    return new Alert(
        key,
        Severity.ERROR,
        "%s: %d order signals without an outcome, the first is %d"
            .formatted(key.substring(KEYS.length()), owed.size(), first.seq()),
        Map.of(
            "first_seq",
            Long.toString(first.seq()),
            "first_expired_at",
            first.expiresAt().toString(),
            "last_seq",
            Long.toString(owed.getLast().seq())));
  }
}

package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Symbol;
import io.mlassets.platform.database.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets good bars in, in order, once each. A bar heard before is ignored; one that is damaged, of
 * another length, outside of its session, stamped by a wrong clock, late, or different from what
 * was heard before is quarantined. For the decision thread only.
 */
@Component
class BarIntake {
  /** A bar as it may come: without an interval it is taken to be of the live one. */
  private record Incoming(
      Symbol symbol,
      @Nullable BarInterval interval,
      Instant ts,
      double open,
      double high,
      double low,
      double close,
      double volume) {}

  private final JsonMapper json;
  private final InstrumentCatalogue instruments;
  private final Quarantine quarantine;
  private final MeterRegistry meters;
  private final BarClocks clocks;
  private final String source;
  private final Map<Symbol, Bar> newest = new HashMap<>();

  BarIntake(
      JsonMapper json,
      InstrumentCatalogue instruments,
      Quarantine quarantine,
      MeterRegistry meters,
      BarClocks clocks,
      BarSource source) {
    this.json = json;
    this.instruments = instruments;
    this.quarantine = quarantine;
    this.meters = meters;
    this.clocks = clocks;
    this.source = source.name();
  }

  /**
   * The bar of an entry, if it is good, new and of a symbol in use.
   *
   * @param live interval of the live model's bars
   * @param used symbols of the live pairs
   */
  Optional<Bar> take(BarEntry entry, BarInterval live, Set<Symbol> used) {
    Bar bar;
    try {
      bar = parse(entry, live);
    } catch (JacksonException e) {
      return refuse("malformed", "not a bar: " + e.getOriginalMessage(), entry);
    } catch (IllegalArgumentException e) {
      return refuse("invalid", String.valueOf(e.getMessage()), entry);
    }
    if (!instruments.knows(bar.symbol())) {
      return refuse(
          "unknown_symbol", "symbol " + bar.symbol() + " is not in instruments.yaml", entry);
    }
    if (!bar.interval().equals(live)) {
      return refuse(
          "interval", "interval %s, the live one is %s".formatted(bar.interval(), live), entry);
    }
    if (!used.contains(bar.symbol())) {
      return Optional.empty();
    }
    if (!instruments.inSession(bar)) {
      return refuse(
          "session",
          "bar %s %s is outside of its session".formatted(bar.symbol(), bar.ts()),
          entry);
    }
    return inOrder(bar, entry);
  }

  private Bar parse(BarEntry entry, BarInterval live) {
    Incoming in = json.readValue(entry.json(), Incoming.class);
    if (in == null || in.symbol() == null || in.ts() == null) {
      throw new IllegalArgumentException("bar without symbol or ts");
    }
    BarInterval interval = in.interval() == null ? live : in.interval();
    return new Bar(
        in.symbol(), interval, in.ts(), in.open(), in.high(), in.low(), in.close(), in.volume());
  }

  private Optional<Bar> inOrder(Bar bar, BarEntry entry) {
    Bar last = newest.get(bar.symbol());
    if (bar.equals(last)) {
      return ignore("duplicate");
    }
    Optional<Duration> shift = clocks.shiftOf(bar, entry.cameAt());
    if (last != null && !bar.ts().isAfter(last.ts())) {
      return bar.ts().equals(last.ts())
          ? refuse(
              "conflict",
              "bar %s %s differs from the one heard before".formatted(bar.symbol(), bar.ts()),
              entry)
          : refuse(
              "late",
              "bar %s %s is not newer than %s".formatted(bar.symbol(), bar.ts(), last.ts()),
              entry);
    }
    if (shift.isPresent()) {
      clocks.refused(bar, shift.get());
      return refuse("clock", wrongClock(bar, shift.get()), entry);
    }
    clocks.believed(bar);
    newest.put(bar.symbol(), bar);
    meters.counter("bars_total").increment();
    return Optional.of(bar);
  }

  private static String wrongClock(Bar bar, Duration shift) {
    return "bar %s %s is stamped by a clock that is %s %s"
        .formatted(bar.symbol(), bar.ts(), shift.abs(), shift.isNegative() ? "behind" : "ahead");
  }

  private Optional<Bar> ignore(String why) {
    meters.counter("bars_ignored_total", "reason", why).increment();
    return Optional.empty();
  }

  private Optional<Bar> refuse(String reason, String message, BarEntry entry) {
    meters.counter("bars_refused_total", "reason", reason).increment();
    quarantine.refuseOnce(
        source, message + " (entry " + entry.id() + ")", entry.json(), entry.id());
    return Optional.empty();
  }
}

package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Symbol;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.redis.StreamEntry;
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
 * another length, late, or different from what was heard before is quarantined. For the decision
 * thread only.
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
  private final String source;
  private final Map<Symbol, Bar> newest = new HashMap<>();

  BarIntake(
      JsonMapper json,
      InstrumentCatalogue instruments,
      Quarantine quarantine,
      MeterRegistry meters,
      Channels channels) {
    this.json = json;
    this.instruments = instruments;
    this.quarantine = quarantine;
    this.meters = meters;
    this.source = "stream " + channels.bars();
  }

  /**
   * The bar of an entry, if it is good, new and of a symbol in use.
   *
   * @param live interval of the live model's bars
   * @param used symbols of the live pairs
   */
  Optional<Bar> take(StreamEntry entry, BarInterval live, Set<Symbol> used) {
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
    return used.contains(bar.symbol()) ? inOrder(bar, entry) : Optional.empty();
  }

  private Bar parse(StreamEntry entry, BarInterval live) {
    Incoming in = json.readValue(entry.json(), Incoming.class);
    if (in == null || in.symbol() == null || in.ts() == null) {
      throw new IllegalArgumentException("bar without symbol or ts");
    }
    BarInterval interval = in.interval() == null ? live : in.interval();
    return new Bar(
        in.symbol(), interval, in.ts(), in.open(), in.high(), in.low(), in.close(), in.volume());
  }

  private Optional<Bar> inOrder(Bar bar, StreamEntry entry) {
    Bar last = newest.get(bar.symbol());
    if (last != null && !bar.ts().isAfter(last.ts())) {
      if (bar.equals(last)) {
        return ignore("duplicate");
      }
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
    newest.put(bar.symbol(), bar);
    meters.counter("bars_total").increment();
    return Optional.of(bar);
  }

  private Optional<Bar> ignore(String why) {
    meters.counter("bars_ignored_total", "reason", why).increment();
    return Optional.empty();
  }

  private Optional<Bar> refuse(String reason, String message, StreamEntry entry) {
    meters.counter("bars_refused_total", "reason", reason).increment();
    quarantine.refuse(source, message + " (entry " + entry.id() + ")", entry.json());
    return Optional.empty();
  }
}

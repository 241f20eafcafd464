package io.mlassets.trade;

import io.mlassets.market.Instrument;
import io.mlassets.market.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A position while its deals come in. */
final class OpenTrip {
  private static final double SMALLEST_LOT = 1e-9;
  private static final double DAY_SECONDS = 86_400;

  private final LiveFill first;
  private final Map<Symbol, LegBook> legs = new LinkedHashMap<>();
  private Instant exitAt;

  /** Volumes and values of one leg. */
  private static final class LegBook {
    private final int sign;
    private final double weight;
    private double entryLots;
    private double entryValue;
    private double exitLots;
    private double exitValue;

    private LegBook(LiveFill fill) {
      this.sign = fill.side().sign();
      this.weight = fill.weight();
    }

    private boolean isFlat() {
      return exitLots >= entryLots - SMALLEST_LOT;
    }

    private double grossReturn() {
      return weight * sign * ((exitValue / exitLots) / (entryValue / entryLots) - 1);
    }
  }

  OpenTrip(LiveFill first) {
    this.first = first;
    this.exitAt = first.filledAt();
  }

  long entrySeq() {
    return first.signalSeq();
  }

  void enter(LiveFill fill) {
    LegBook leg = legs.computeIfAbsent(fill.symbol(), symbol -> new LegBook(fill));
    leg.entryLots += fill.lots();
    leg.entryValue += fill.lots() * fill.price();
  }

  /** Books an exit deal; false when it closes nothing of this position. */
  boolean exit(LiveFill fill) {
    LegBook leg = legs.get(fill.symbol());
    if (leg == null || leg.sign == fill.side().sign()) {
      return false;
    }
    leg.exitLots += fill.lots();
    leg.exitValue += fill.lots() * fill.price();
    exitAt = fill.filledAt().isAfter(exitAt) ? fill.filledAt() : exitAt;
    return true;
  }

  boolean isFlat() {
    return legs.values().stream().allMatch(LegBook::isFlat);
  }

  RoundTrip closed(Function<Symbol, Optional<Instrument>> instruments) {
    double days = Duration.between(first.filledAt(), exitAt).toSeconds() / DAY_SECONDS;
    double gross = 0;
    double cost = 0;
    for (Map.Entry<Symbol, LegBook> entry : legs.entrySet()) {
      LegBook leg = entry.getValue();
      gross += leg.grossReturn();
      cost += leg.weight * instruments.apply(entry.getKey()).map(i -> cost(i, days)).orElse(0.0);
    }
    return new RoundTrip(
        first.account(), first.pair(), first.modelVersion(), first.filledAt(), exitAt, gross, cost);
  }

  private static double cost(Instrument instrument, double days) {
    return (2 * instrument.commissionBps() + instrument.swapBpsPerDay() * days) * 1e-4;
  }

  Set<Symbol> symbols() {
    return legs.keySet();
  }
}

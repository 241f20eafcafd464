package io.mlassets.inference;

import io.mlassets.decision.Decision;
import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Direction;
import io.mlassets.decision.Legs;
import io.mlassets.decision.Position;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.MarketView;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.policy.Policies;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Scores one view of a pair, applies the decision rule and keeps what is held. */
final class PairDecider {
  private final Policies policies;
  private final Predicate<UUID> dealBooked;
  private final DecisionRule rule;
  private final Holding holding;

  /**
   * Nothing held.
   *
   * @param dealBooked whether the record has a deal of an entry; asked before one is given up
   */
  PairDecider(Policies policies, Predicate<UUID> dealBooked) {
    this.policies = policies;
    this.dealBooked = dealBooked;
    this.rule = new DecisionRule(policies.core());
    this.holding = new Holding(policies.core().signalTtlBars() + 1);
  }

  Holding holding() {
    return holding;
  }

  /**
   * Decides at the close of a bar.
   *
   * @param madeAt market time, UTC
   * @param cameAt when the bar was whole in the stream, UTC; null if it came from {@code core.bars}
   */
  Decided decide(MarketView view, LiveModel model, Instant madeAt, @Nullable Instant cameAt) {
    holding.aboutToGiveUp().stream().filter(dealBooked).forEach(holding::dealt);
    holding.aged();
    Scores scores = model.bundle().score(view.features());
    Thresholds thresholds = model.thresholds();
    Position before = holding.position();
    Decision decision = rule.decide(before, view.spread(), scores, thresholds);
    Signal signal = signal(view, model, scores, before, decision, madeAt);
    switch (decision) {
      case Decision.Enter enter ->
          holding.entered(
              new Position.Open(
                  enter.direction(), view.bar().ts(), view.spread(), 0, enter.scale()),
              signal.signalId());
      case Decision.Exit exit -> holding.exited();
      case Decision.Hold hold -> {
        // Nothing changes.
      }
    }
    return new Decided(signal, view.features(), scores, cameAt);
  }

  private Signal signal(
      MarketView view,
      LiveModel model,
      Scores scores,
      Position before,
      Decision decision,
      Instant madeAt) {
    Pair pair = view.bar().pair();
    BarInterval interval = view.bar().a().interval();
    Instant end = view.bar().a().end();
    return new Signal(
        idOf(model.mode(), pair, interval, view.bar().ts()),
        model.mode(),
        pair,
        interval,
        view.bar().ts(),
        madeAt,
        end.plus(interval.length().multipliedBy(policies.core().signalTtlBars())),
        view.spread().zScore(),
        scores.returnProb(),
        scores.riskScore(),
        decision instanceof Decision.Enter enter
            ? enter.scale()
            : rule.scaleInForce(scores, decision.riskFlag()),
        actionOf(decision),
        legs(pair, view, before, decision),
        decision.riskFlag(),
        model.thresholds(),
        model.bundle().version(),
        policies.hash(),
        policies.core().leverageReductionRate(),
        decision.reason());
  }

  /** One decision of one mode on one bar has one id, however often it is computed. */
  private static UUID idOf(SignalMode mode, Pair pair, BarInterval interval, Instant barTs) {
    String name = mode.wire() + "|" + pair.id() + "|" + interval.iso() + "|" + barTs;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static Action actionOf(Decision decision) {
    return switch (decision) {
      case Decision.Enter enter -> Action.ENTER;
      case Decision.Exit exit -> Action.EXIT;
      case Decision.Hold hold -> Action.HOLD;
    };
  }

  private static List<Leg> legs(Pair pair, MarketView view, Position before, Decision decision) {
    return switch (decision) {
      case Decision.Hold hold -> List.of();
      case Decision.Enter enter -> Legs.entering(pair, enter.direction(), view.spread().beta());
      case Decision.Exit exit -> {
        if (!(before instanceof Position.Open open)) {
          throw new IllegalStateException("exit of " + pair + " without a position");
        }
        Direction direction = open.direction();
        yield Legs.closing(pair, direction, open.entrySpread().beta());
      }
    };
  }
}

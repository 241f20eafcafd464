package io.mlassets.inference;

import io.mlassets.decision.DecideBar;
import io.mlassets.decision.Decision;
import io.mlassets.decision.DecisionState;
import io.mlassets.decision.DecisionTrace;
import io.mlassets.decision.Position;
import io.mlassets.decision.Scores;
import io.mlassets.feature.MarketView;
import io.mlassets.parity.BarsSeen;
import io.mlassets.policy.Policies;
import io.mlassets.signal.Signal;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Scores one view of a pair, applies the decision rule and keeps what is held. */
final class PairDecider {
  private final Predicate<UUID> dealBooked;
  private final BooleanSupplier entriesStopped;
  private final Holding holding;

  /**
   * Nothing held.
   *
   * @param dealBooked whether the record has a deal of an entry; asked before one is given up
   * @param entriesStopped whether entries of the pair are stopped; asked for every decision
   */
  PairDecider(Policies policies, Predicate<UUID> dealBooked, BooleanSupplier entriesStopped) {
    this.dealBooked = dealBooked;
    this.entriesStopped = entriesStopped;
    this.holding = new Holding(barsUntilGivenUp(policies));
  }

  /** An entry may be filled until it expires; the fill is heard of a bar later. */
  private static int barsUntilGivenUp(Policies policies) {
    return policies.core().signalTtlBars() + 1;
  }

  Holding holding() {
    return holding;
  }

  /**
   * Decides at the close of a bar.
   *
   * @param seen the bars the view was made from
   * @param madeAt market time, UTC
   * @param cameAt when the bar was whole in the stream, UTC; null if it came from {@code core.bars}
   * @param featureNanos what it took to make the view
   */
  Decided decide(
      MarketView view,
      BarsSeen seen,
      LiveModel model,
      Instant madeAt,
      @Nullable Instant cameAt,
      long featureNanos) {
    Policies policies = model.policies();
    holding.giveUpAfter(barsUntilGivenUp(policies));
    holding.aboutToGiveUp().stream().filter(dealBooked).forEach(holding::dealt);
    holding.aged();
    long before = System.nanoTime();
    Scores scores = DecideBar.scores(model.bundle(), view.features());
    long scored = System.nanoTime();
    DecisionState state =
        new DecisionState(
            madeAt,
            model.thresholds(),
            view.spread(),
            holding.position(),
            entriesStopped.getAsBoolean());
    DecideBar.Made made =
        new DecideBar(policies.core(), policies.hash())
            .decide(
                model.bundle(),
                model.mode(),
                view.bar().a().interval(),
                view.features(),
                scores,
                state);
    Signal signal = made.signal();
    switch (made.decision()) {
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
    DecisionTrace trace =
        new DecisionTrace(
            signal.signalId(),
            signal.barTs(),
            state,
            model.bundle().sha256(),
            policies.hash(),
            DecisionTrace.sha256(view.features()));
    StageNanos took = new StageNanos(featureNanos, scored - before, System.nanoTime() - scored);
    return new Decided(signal, view.features(), scores, trace, seen, cameAt, took);
  }
}

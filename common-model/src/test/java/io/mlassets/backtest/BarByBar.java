package io.mlassets.backtest;

import io.mlassets.decision.Decision;
import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Direction;
import io.mlassets.decision.ExitReason;
import io.mlassets.decision.HoldReason;
import io.mlassets.decision.Position;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.Instrument;
import io.mlassets.market.PairBar;
import io.mlassets.policy.CorePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The slow, obvious backtest of one pair: asks the live rule at every close. */
final class BarByBar {
  final List<BacktestTrade> trades = new ArrayList<>();
  final double[] pnl;
  int refused;
  private final PairHistory history;
  private Position position = new Position.Flat();
  private int entryBar;

  BarByBar(CorePolicy policy, PairHistory history, Thresholds theta) {
    this.history = history;
    this.pnl = new double[history.bars().size()];
    Map<Instant, ScoredView> candidates = new HashMap<>();
    history.candidates().forEach(c -> candidates.put(c.view().bar().ts(), c));
    DecisionRule rule = new DecisionRule(policy);
    int last = history.bars().size() - 1;
    for (int i = 0; i < last; i++) {
      PairBar bar = history.bars().get(i);
      ScoredView scored = candidates.get(bar.ts());
      if (position instanceof Position.Open open) {
        position =
            new Position.Open(
                open.direction(), open.entryTs(), open.entrySpread(), i - entryBar, open.scale());
      }
      Scores scores = scored == null ? new Scores(0, 1, 0) : scored.scores();
      SpreadState now = scored == null ? priceOnly(bar) : scored.view().spread();
      switch (rule.decide(position, now, scores, theta)) {
        case Decision.Enter(Direction direction, double scale, var _, var _) -> {
          position = new Position.Open(direction, bar.ts(), now, 0, scale);
          entryBar = i;
        }
        case Decision.Exit(ExitReason reason, var _) -> close(i, reason);
        case Decision.Hold(HoldReason reason, var _) ->
            refused += reason == HoldReason.HIGH_RISK ? 1 : 0;
      }
    }
    if (position instanceof Position.Open) {
      close(last, ExitReason.EXPIRED);
    }
  }

  /** A state that is no candidate but knows the prices. */
  private static SpreadState priceOnly(PairBar bar) {
    return new SpreadState(Math.log(bar.a().close()), Math.log(bar.b().close()), 1, 0, 0);
  }

  private void close(int exitBar, ExitReason reason) {
    Position.Open open = (Position.Open) position;
    position = new Position.Flat();
    List<PairBar> bars = history.bars();
    boolean ended = exitBar == bars.size() - 1;
    int last = ended ? exitBar : exitBar + 1;
    double lotsA = notional(open, true) / bars.get(entryBar + 1).a().open();
    double lotsB = notional(open, false) / bars.get(entryBar + 1).b().open();
    double gross = 0;
    double priceA = bars.get(entryBar + 1).a().open();
    double priceB = bars.get(entryBar + 1).b().open();
    for (int i = entryBar + 1; i <= last; i++) {
      boolean atOpen = i == last && !ended;
      double nextA = atOpen ? bars.get(i).a().open() : bars.get(i).a().close();
      double nextB = atOpen ? bars.get(i).b().open() : bars.get(i).b().close();
      double step = lotsA * (nextA - priceA) + lotsB * (nextB - priceB);
      pnl[i] += step;
      gross += step;
      priceA = nextA;
      priceB = nextB;
    }
    double days =
        Duration.between(bars.get(entryBar + 1).ts(), bars.get(last).ts()).toSeconds() / 86_400.0;
    double cost =
        Math.abs(notional(open, true)) * fee(history.a(), days)
            + Math.abs(notional(open, false)) * fee(history.b(), days);
    pnl[entryBar + 1] -= cost / 2;
    pnl[last] -= cost / 2;
    trades.add(
        new BacktestTrade(
            history.pair(),
            open.direction(),
            open.entryTs(),
            bars.get(exitBar).ts(),
            open.scale(),
            gross,
            cost,
            reason));
  }

  private static double fee(Instrument instrument, double days) {
    double perSide =
        instrument.spreadBps() / 2 + instrument.commissionBps() + instrument.slippageBps();
    return (2 * perSide + days * instrument.swapBpsPerDay()) / 1e4;
  }

  private static double notional(Position.Open open, boolean first) {
    double beta = open.entrySpread().beta();
    double share = (first ? 1 : -beta) / (1 + Math.abs(beta));
    return open.scale() * open.direction().sign() * share;
  }
}

package io.mlassets.dispatcher.control;

import io.mlassets.control.Cause;
import io.mlassets.control.Evidence;
import io.mlassets.control.FindCauses;
import io.mlassets.control.Measured;
import io.mlassets.control.StopRules;
import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.WatchLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Looks, every second, whether a cause to stop trading holds, and latches it; then tells what was
 * latched or resumed.
 */
@Component
class WatchCauses extends WatchLoop {
  private static final String ACTOR = "dispatcher";
  private final PoliciesInForce policies;
  private final TradingStates states;
  private final FindTrades trades;
  private final FindDrift drift;
  private final HearEa hearEa;
  private final EaContact eaContact;
  private final Leadership leadership;
  private final TellTrading tell;
  private final MarketClock marketClock;
  private final Clock clock;
  private volatile List<Measured> measured = List.of();

  WatchCauses(
      PoliciesInForce policies,
      TradingStates states,
      FindTrades trades,
      FindDrift drift,
      HearEa hearEa,
      EaContact eaContact,
      Leadership leadership,
      TellTrading tell,
      MarketClock marketClock,
      Clock clock,
      DispatcherSettings settings) {
    super("watch", Duration.ZERO, settings.watchEvery());
    this.policies = policies;
    this.states = states;
    this.trades = trades;
    this.drift = drift;
    this.hearEa = hearEa;
    this.eaContact = eaContact;
    this.leadership = leadership;
    this.tell = tell;
    this.marketClock = marketClock;
    this.clock = clock;
  }

  /** What was measured last. */
  List<Measured> measured() {
    return measured;
  }

  /** Looks once. */
  @Override
  protected void look() {
    StopRules rules = policies.now().signals().stops();
    StateInForce state = states.current();
    List<Measured> found = FindCauses.measure(rules, evidence(rules, state));
    measured = found;
    for (Measured one : found) {
      if (one.holds() && one.leadsTo().isStricterThan(state.of(one.cause()))) {
        states.stop(one.cause(), one.leadsTo(), one.reason(), one.figures(), ACTOR);
      }
    }
    tell.tell();
  }

  private Evidence evidence(StopRules rules, StateInForce state) {
    Map<Cause, Instant> countedFrom = new EnumMap<>(Cause.class);
    for (LatchedCause cause : state.known()) {
      if (!cause.isLatched()) {
        countedFrom.put(
            cause.cause(), cause.cause() == Cause.DRIFT ? cause.since() : cause.marketSince());
      }
    }
    hearEa.listen();
    Instant marketNow = marketClock.now();
    Instant answersFrom = state.find(Cause.SILENT_EA).map(LatchedCause::since).orElse(Instant.MIN);
    return new Evidence(
        marketNow,
        clock.instant(),
        // A replay without its first bar has no time yet.
        marketNow.equals(Instant.EPOCH)
            ? List.of()
            : trades.since(marketNow.minus(rules.tradeWindow())),
        leadership.barDueSince(),
        eaContact.silence(answersFrom).orElse(null),
        drift.within(rules.drift().window()),
        countedFrom);
  }
}

package io.mlassets.dispatcher.control;

import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import io.mlassets.dispatcher.alert.Alerts;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells people of causes latched and resumed. Which state was told is kept with the cause, so that
 * one of several dispatchers tells; what holds when one starts is told again, because the last may
 * have died before it could.
 */
@Component
class TellTrading {
  private final JdbcClient jdbc;
  private final TradingStates states;
  private final Alerts alerts;
  private boolean toldAtStart;

  TellTrading(JdbcClient jdbc, TradingStates states, Alerts alerts) {
    this.jdbc = jdbc;
    this.states = states;
    this.alerts = alerts;
  }

  /** Tells what was not told yet. */
  void tell() {
    Set<Cause> claimed = claim();
    for (LatchedCause cause : states.current().known()) {
      if (!cause.isLatched()) {
        alerts.over(key(cause.cause()));
      }
      if (claimed.contains(cause.cause()) || (!toldAtStart && cause.isLatched())) {
        tell(cause);
      }
    }
    toldAtStart = true;
  }

  private Set<Cause> claim() {
    return Set.copyOf(
        jdbc.sql(
                """
                update core.trading_causes set told = state where told <> state returning cause
                """)
            .query((row, n) -> Cause.valueOf(row.getString(1)))
            .list());
  }

  private void tell(LatchedCause cause) {
    if (!cause.isLatched()) {
      alerts.resolve(
          key(cause.cause()),
          "trading resumed from %s by %s: %s"
              .formatted(cause.cause(), cause.actor(), cause.reason()));
      return;
    }
    Map<String, String> details = new TreeMap<>();
    cause.figures().forEach((name, value) -> details.put(name, String.valueOf(value)));
    details.put("since", cause.since().toString());
    details.put("actor", cause.actor());
    alerts.raise(
        new Alert(
            key(cause.cause()),
            severity(cause),
            "trading %s for %s: %s".formatted(cause.state(), cause.cause(), cause.reason()),
            details));
  }

  private static Severity severity(LatchedCause cause) {
    if (cause.cause() == Cause.OPERATOR) {
      return Severity.WARNING;
    }
    return cause.state() == TradingState.HALTED ? Severity.CRITICAL : Severity.ERROR;
  }

  /** An operator who stops trading has seen what the dispatcher found. */
  void somebodyIsAtIt(StateInForce state) {
    seen(state).forEach(cause -> alerts.acknowledge(key(cause)));
  }

  private static Stream<Cause> seen(StateInForce state) {
    return state.causes().stream()
        .map(LatchedCause::cause)
        .filter(cause -> cause != Cause.OPERATOR);
  }

  private static String key(Cause cause) {
    return "trading/" + cause;
  }
}

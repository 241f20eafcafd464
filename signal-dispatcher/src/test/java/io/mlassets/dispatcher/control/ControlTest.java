package io.mlassets.dispatcher.control;

import static io.mlassets.platform.testing.TestServers.ANALYST;
import static io.mlassets.platform.testing.TestServers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("F-01")
class ControlTest {
  private static final Instant BAR = Instant.parse("2025-07-01T00:00:00Z");

  @Test
  void a_halt_stops_entries_but_no_exit_and_outlives_a_restart() {
    try (RunningDispatcher dispatcher = new RunningDispatcher()) {
      assertThat(outcome(dispatcher, 1, Action.ENTER)).isEqualTo("PUBLISHED");

      var halted = dispatcher.post(OPERATOR, "/api/v1/control/halt", "{\"reason\":\"news\"}");
      assertThat(halted.status()).isEqualTo(200);
      assertThat(outcome(dispatcher, 2, Action.ENTER)).isEqualTo("BLOCKED");
      assertThat(outcome(dispatcher, 3, Action.EXIT)).isEqualTo("PUBLISHED");
      assertThat(outcome(dispatcher, 4, Action.HOLD)).isEqualTo("PUBLISHED");

      dispatcher.restart();
      var state = dispatcher.get(ANALYST, "/api/v1/control").body();
      assertThat(state.get("state").stringValue()).isEqualTo("HALTED");
      assertThat(state.get("reason").stringValue()).isEqualTo("news");
      assertThat(outcome(dispatcher, 5, Action.ENTER)).isEqualTo("BLOCKED");
      assertThat(dispatcher.metrics()).containsPattern("(?m)^trading_halted\\{?.* 1\\.0");

      dispatcher.post(OPERATOR, "/api/v1/control/resume", "{\"reason\":\"over\"}");
      assertThat(outcome(dispatcher, 6, Action.ENTER)).isEqualTo("PUBLISHED");
      assertThat(dispatcher.recorded("all:live")).hasSize(4);
      assertThat(dispatcher.count("core.trading_state", "actor = 'operator'")).isEqualTo(2);

      assertThat(dispatcher.post("", "/api/v1/control/halt", "{\"reason\":\"x\"}").status())
          .isEqualTo(401);
      assertThat(dispatcher.post(ANALYST, "/api/v1/control/halt", "{\"reason\":\"x\"}").status())
          .isEqualTo(403);
      assertThat(dispatcher.count("core.trading_state", "true")).isEqualTo(2);

      var unreasoned = dispatcher.post(OPERATOR, "/api/v1/control/resume", "{\"reason\":\" \"}");
      assertThat(unreasoned.status()).isEqualTo(400);
      assertThat(dispatcher.post(OPERATOR, "/api/v1/control/resume", "").status()).isEqualTo(400);

      var hasty = dispatcher.post(OPERATOR, "/api/v1/control/halt", "{\"reason\":\"\"}");
      assertThat(hasty.status()).isEqualTo(200);
      assertThat(hasty.body().get("reason").stringValue()).isEqualTo("no reason given");
    }
  }

  private static String outcome(RunningDispatcher dispatcher, int bar, Action action) {
    return dispatcher
        .outcomeOf(
            dispatcher.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", BAR.plusSeconds(60L * bar), action))
        .outcome();
  }
}

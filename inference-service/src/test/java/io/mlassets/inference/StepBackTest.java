package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Thresholds;
import io.mlassets.platform.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Back from a model whose live outputs leave the range seen in validation. */
@Tag("I-06")
class StepBackTest extends FlowingBars {
  @Test
  void a_model_whose_live_outputs_leave_their_range_gives_way_to_the_last_good_one()
      throws Exception {
    adoptFirst();
    startService(0);
    flow(5);
    register(SECOND, new Thresholds(0, 1), NOTHING);
    flowUntil("the swap", () -> decides(SECOND));
    flowUntil("the step back", () -> decides(FIRST));
    flow(20);

    restart(0);
    assertThat(decides(FIRST)).isTrue();
    flow(20);
    assertThat(decides(FIRST)).isTrue();
    assertThat(get("/api/v1/stepbacks").body())
        .contains(SECOND, "\"found\":\"live\"", "AI1 left the range", "\"evidence\":");
    assertThat(texts("select actor from audit.config_changes where object = 'model_stepbacks'"))
        .containsExactly("inference");
    assertThat(metrics()).contains("model_stepped_back 1.0");

    assertThat(lift(TestServers.ANALYST).statusCode()).isEqualTo(403);
    assertThat(lift(TestServers.OPERATOR).statusCode()).isEqualTo(200);
    flowUntil("the lifted model", () -> decides(SECOND));
    assertThat(lift(TestServers.OPERATOR).statusCode()).isEqualTo(404);
    assertThat(texts("select actor from audit.config_changes where object = 'model_stepbacks'"))
        .containsExactlyInAnyOrder("inference", "operator");
    flowUntil("another step back", () -> count("core.model_stepbacks") == 2);
    flowUntil("the last good one", () -> decides(FIRST));
    assertEveryBarDecidedOnce();
  }

  @Test
  void without_a_last_good_model_entries_stop_and_exits_go_on() throws Exception {
    register(FIRST, new Thresholds(0, 1), NOTHING);
    startService(30);
    flowUntil("the step back", () -> bookEntries() > 0 && count("core.model_stepbacks") == 1);
    await("no entries", () -> thresholdsInForce().theta1() == 1);
    int since = sent - HISTORY;
    flow(400);
    restart(30);
    flow(100);
    assertThat(decides(FIRST)).isTrue();
    assertThat(
            texts(
                "select action from core.signals_live order by bar_ts offset %d".formatted(since)))
        .hasSize(500)
        .contains("EXIT")
        .doesNotContain("ENTER");
    assertThat(count("core.signals_live where action = 'EXIT'"))
        .isEqualTo(count("core.signals_live where action = 'ENTER'"));
    assertEveryBarDecidedOnce();
  }
}

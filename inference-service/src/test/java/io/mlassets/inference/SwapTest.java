package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Thresholds;
import io.mlassets.platform.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From one model to the next while bars flow. */
@Tag("I-06")
class SwapTest extends FlowingBars {
  @Test
  void a_new_model_decides_in_shadow_and_then_instead_of_the_old_one_every_bar_once()
      throws Exception {
    adoptFirst();
    startService(200);
    flow(10);
    putOnTrial(new Thresholds(0.99, 0), ALL);
    flowUntil("the swap", () -> decides(SECOND));
    flow(200);

    assertEveryBarDecidedOnce();
    assertThat(count("core.trial_decisions")).isGreaterThanOrEqualTo(200);
    // Each on a bar the old model decided on, in order; none of them is what was sent.
    assertThat(
            count(
                """
                core.trial_decisions t join core.signals_live s using (pair, interval, bar_ts)
                where s.model_version = '%s' and s.action = t.in_force_action
                  and t.return_prob = s.return_prob and t.risk_score = s.risk_score
                """
                    .formatted(FIRST)))
        .isEqualTo(count("core.trial_decisions"));
    assertThat(texts("select distinct action from core.trial_decisions")).doesNotContain("ENTER");
    assertThat(texts("select distinct in_force_action from core.trial_decisions"))
        .contains("ENTER");
    assertThat(
            count(
                "core.signals_live where model_version = '%s' and (action = 'ENTER' or theta1 <> 0.99)"
                    .formatted(SECOND)))
        .isZero();
    assertThat(count("core.signals_live where model_version = '" + SECOND + "'"))
        .isGreaterThanOrEqualTo(200);
    assertThat(texts("select model_version || ' ' || cause from core.model_swaps order by id"))
        .containsExactly(FIRST + " first", SECOND + " trial");
    assertThat(get("/api/v1/trial").body())
        .contains("\"model_version\":\"" + SECOND, "\"outcome\":\"passed\"", "\"agreement\":0.");
  }

  @Test
  void a_restart_goes_on_with_the_old_model_and_the_trial() throws Exception {
    adoptFirst();
    startService(60);
    flow(10);
    register(SECOND, new Thresholds(0, 1), ALL);
    flowUntil("half a trial", () -> count("core.trial_decisions") >= 30);

    restart(60);
    assertThat(decides(FIRST)).isTrue();
    flow(5);
    assertThat(count("core.signals_live where model_version <> '" + FIRST + "'")).isZero();
    flowUntil("the swap", () -> decides(SECOND));

    assertEveryBarDecidedOnce();
    assertThat(texts("select outcome from core.model_trials")).containsExactly("passed");
    restart(60);
    assertThat(decides(SECOND)).isTrue();
  }

  @Test
  void a_roll_back_needs_no_trial() throws Exception {
    adoptFirst();
    startService(0);
    flow(5);
    register(SECOND, new Thresholds(0, 1), ALL);
    flowUntil("the swap", () -> decides(SECOND));
    restart(1_000);
    assertThat(decides(SECOND)).isTrue();
    market.sql().sql("update core.model_registry set status = 'archived'").update();
    market
        .sql()
        .sql("update core.model_registry set status = 'active' where model_version = ?")
        .param(FIRST)
        .update();
    flowUntil("the swap back", () -> decides(FIRST));
    assertThat(count("core.model_trials")).isZero();
  }

  @Test
  void a_model_out_of_its_range_on_trial_never_decides_until_that_is_lifted() throws Exception {
    adoptFirst();
    startService(200);
    flow(5);
    putOnTrial(new Thresholds(0, 1), NOTHING);
    flowUntil("the refusal", () -> count("core.model_stepbacks where found = 'trial'") == 1);
    flow(20);
    restart(200);
    flow(20);
    assertThat(count("core.signals_live where model_version <> '" + FIRST + "'")).isZero();
    assertThat(texts("select outcome from core.model_trials")).containsExactly("refused");
    assertThat(metrics()).contains("model_stepped_back 1.0");

    assertThat(lift(TestServers.OPERATOR).statusCode()).isEqualTo(200);
    flowUntil("another trial", () -> count("core.model_trials") == 2);
    assertEveryBarDecidedOnce();
  }

  @Test
  void a_start_with_a_bundle_that_does_not_verify_goes_on_with_the_last_good_one()
      throws Exception {
    adoptFirst();
    startService(30);
    flow(5);
    byte[] tampered = market.bundle(SECOND);
    tampered[tampered.length / 2] ^= 1;
    market.register(SECOND, tampered, "active");
    restart(30);
    assertThat(decides(FIRST)).isTrue();
    flow(5);
    assertEveryBarDecidedOnce();
    assertThat(metrics()).contains("bundles_refused_total 1.0");
  }
}

package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.decision.Thresholds;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.testing.TestPolicies;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a change of policy is refused, decisions are judged by what they are made by. */
@Tag("I-09")
class RefusedPolicyTest extends FlowingBars {
  private static final String FILE = "core_policy.yaml";

  @TempDir Path config;

  /** Of the window refused, engines differ; of the z-scores refused, nothing is a candidate. */
  @Test
  void vectors_outputs_and_risk_are_judged_by_the_policies_that_decide() throws Exception {
    TestPolicies policies = TestPolicies.in(config);
    register(FIRST, new Thresholds(0, 1), NOTHING);
    startService(
        0,
        "--config.dir=" + config,
        "--config.check-every=20ms",
        "--inference.parity.every=100ms",
        "--inference.parity.recent=1");
    policies.set(FILE, "feature_window", "120");
    policies.set(FILE, "stop_z", "20");
    policies.set(FILE, "entry_z", "19");
    String wanted = policies.hash();
    await("the refusal of all three", () -> refused(wanted));
    flow(5);
    double before = checked("same");

    flowUntil("a step back", () -> count("core.model_stepbacks") == 1);
    await("vectors proven", () -> checked("same") > before);
    assertThat(checked("other_engine")).isZero();
    assertThat(candidatesOnRecord()).isPositive();
    await("all candidates counted", () -> candidatesCounted() == candidatesOnRecord());
    assertThat(count("(select distinct policy_hash from core.signals_live) as hashes")).isOne();
    assertThat(count("core.signals_live where policy_hash = '" + wanted + "'")).isZero();
  }

  private MeterRegistry meters() {
    return bean(MeterRegistry.class);
  }

  private boolean refused(String wanted) {
    return bean(PoliciesInForce.class).now().hash().equals(wanted)
        && meters().counter("policies_refused_total").count() > 0;
  }

  private double checked(String outcome) {
    return meters().counter("parity_checked_total", "outcome", outcome).count();
  }

  private double candidatesCounted() {
    return meters()
        .get("live_risk_candidates")
        .tag("pair", "all")
        .tag("mode", "live")
        .gauge()
        .value();
  }

  private double candidatesOnRecord() {
    return count("core.signals_live where abs(z_score) >= 2 and abs(z_score) < 5");
  }
}

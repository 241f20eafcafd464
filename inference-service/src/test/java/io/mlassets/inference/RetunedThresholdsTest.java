package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Thresholds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thresholds other than those of the bundle. */
class RetunedThresholdsTest extends FirstModelDecides {
  @Test
  @Tag("R-04")
  @Tag("I-09")
  void retuned_thresholds_decide_between_two_bars_and_after_a_restart() throws Exception {
    market.live(HISTORY, HISTORY + 20);
    awaitSignals(20);
    market.retune(0.7, 0.3);
    awaitThresholds(new Thresholds(0.7, 0.3));
    market.live(HISTORY + 20, HISTORY + 40);
    awaitSignals(40);
    assertThat(signalsBy(0, 1)).isEqualTo(20);
    assertThat(signalsBy(0.7, 0.3)).isEqualTo(20);
    assertThat(metrics()).contains("threshold_changes_total 1.0");
    assertThat(versionsSeen()).isEqualTo(1);

    restart(0);
    market.live(HISTORY + 40, HISTORY + 45);
    awaitSignals(45);
    assertThat(signalsBy(0.7, 0.3)).isEqualTo(25);
    assertThat(
            market
                .sql()
                .sql(
                    """
                    select count(*) from core.signals_live
                    where theta1 = 0.7 and risk_flag <> (risk_score >= 0.3)::int
                    """)
                .query(Long.class)
                .single())
        .isZero();

    market.adopt(SECOND);
    await("the next model", () -> decides(SECOND));
    assertThat(thresholdsInForce()).isEqualTo(new Thresholds(0, 1));
  }

  @Test
  @Tag("R-04")
  void thresholds_the_policy_does_not_allow_are_refused_and_the_last_good_ones_stay()
      throws Exception {
    ModelWatch models = bean(ModelWatch.class);
    market.retune(0.7, 0.3);
    market.live(HISTORY, HISTORY + 1);
    awaitThresholds(new Thresholds(0.7, 0.3));
    market.retune(0.1, 0.9);
    await("the refusal", () -> models.refused() != null);
    assertThat(models.refused()).contains("theta1 0.1", "theta_search_range is [0.6, 0.85]");
    market.live(HISTORY + 1, HISTORY + 10);
    awaitSignals(10);
    assertThat(signalsBy(0.1, 0.9)).isZero();
    assertThat(metrics()).contains("thresholds_refused_total 1.0");

    restart(0);
    assertThat(thresholdsInForce()).isEqualTo(new Thresholds(0, 1));
    market.retune(0.65, 0.25);
    awaitThresholds(new Thresholds(0.65, 0.25));
  }

  private void awaitThresholds(Thresholds wanted) throws Exception {
    await(wanted.toString(), () -> thresholdsInForce().equals(wanted));
  }

  private long signalsBy(double theta1, double theta2) {
    return market
        .sql()
        .sql("select count(*) from core.signals_live where theta1 = ? and theta2 = ?")
        .params(theta1, theta2)
        .query(Long.class)
        .single();
  }
}

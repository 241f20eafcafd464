package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.SignalMode;
import io.mlassets.testing.SampleMarket;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class ShadowRunTest {
  private static final int HISTORY = 1_500;

  /** No bundle that verifies fails like this one; what nobody thought of does. */
  @Test
  void a_model_that_fails_on_trial_is_refused_and_costs_no_decision() throws Exception {
    try (TestServers servers = TestServers.start()) {
      LiveMarket market = new LiveMarket(servers, HISTORY + 30, 11);
      market.history(0, HISTORY);
      market.adopt("20260101_0000");
      try (ConfigurableApplicationContext context =
          servers.start(
              InferenceApplication.class,
              "inference",
              "--clock.mode=bars",
              "--inference.model-check-every=1h")) {
        InferenceLoop loop = context.getBean(InferenceLoop.class);
        await("a model in force", () -> loop.model() != null);
        LiveModel broken =
            new LiveModel(
                ofAnotherSchema(market),
                SignalMode.LIVE,
                new Thresholds(0.6, 0.3),
                Objects.requireNonNull(loop.model()).policies());
        ShadowRun shadowRun = context.getBean(ShadowRun.class);
        assertThat(shadowRun.passed(Objects.requireNonNull(loop.model()), broken)).isFalse();

        market.live(HISTORY, HISTORY + 30);
        await("all decisions", () -> market.signals() == 30);
        await(
            "the refusal",
            () -> texts(market, "select found from core.model_stepbacks").size() == 1);
        assertThat(texts(market, "select reason from core.model_stepbacks"))
            .allSatisfy(reason -> assertThat(reason).contains("failed on trial", "feature schema"));
        await(
            "the end of the trial",
            () ->
                texts(market, "select outcome from core.model_trials").equals(List.of("refused")));
        assertThat(texts(market, "select pair from core.trial_decisions")).isEmpty();
        assertThat(texts(market, "select distinct model_version from core.signals_live"))
            .containsExactly("20260101_0000");
      }
    }
  }

  private static ModelBundle ofAnotherSchema(LiveMarket market) {
    FeatureSchema other = FeatureSchema.of(List.of("a", "b"));
    return BundleFile.read(
        BundleFile.write(
            SampleBundles.draft(
                new ModelVersion("20260102_0000"),
                other,
                List.of(SampleMarket.PAIR),
                market.bars().getFirst().a().interval()),
            SampleBundles.KEY),
        SampleBundles.KEY);
  }

  private static List<String> texts(LiveMarket market, String sql) {
    return market.sql().sql(sql).query(String.class).list();
  }
}

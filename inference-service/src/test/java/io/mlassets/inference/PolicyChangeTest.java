package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.inference.replay.Check;
import io.mlassets.inference.replay.ReplayDecision;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleFile;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.testing.TestPolicies;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Policies that change while bars flow. */
@Tag("I-09")
class PolicyChangeTest {
  private static final int HISTORY = 1_500;
  private static final String VERSION = "20260101_0000";

  @TempDir Path config;
  private TestServers servers;
  private LiveMarket market;
  private ConfigurableApplicationContext context;
  private TestPolicies policies;
  private String first;

  @BeforeEach
  void start() throws Exception {
    servers = TestServers.start();
    policies = TestPolicies.in(config);
    first = policies.hash();
    market = new LiveMarket(servers, HISTORY + 400, 11);
    market.history(0, HISTORY);
    market.adopt(VERSION);
    startService();
    await("a model in force", () -> loop().model() != null);
  }

  private void startService() {
    context =
        servers.start(
            InferenceApplication.class,
            "inference",
            "--clock.mode=bars",
            "--config.dir=" + config,
            "--config.check-every=20ms",
            "--inference.model-check-every=50ms");
  }

  @AfterEach
  void stop() {
    context.close();
    servers.close();
  }

  private InferenceLoop loop() {
    return context.getBean(InferenceLoop.class);
  }

  private LiveModel inForce() {
    return Objects.requireNonNull(loop().model());
  }

  /** Bars one by one, so that none waits in the stream while the policy changes. */
  private void decide(int from, int to) throws Exception {
    market.live(HISTORY + from, HISTORY + to);
    await("decisions", () -> market.signals() == to);
  }

  private void set(String key, String value) throws IOException {
    policies.set("core_policy.yaml", key, value);
  }

  private List<String> column(String column) {
    return market
        .sql()
        .sql("select " + column + "::text from core.signals_live order by bar_ts")
        .query(String.class)
        .list();
  }

  private double counted(String name) {
    return context.getBean(MeterRegistry.class).counter(name).count();
  }

  private void awaitInForce(String hash) throws Exception {
    await("the policy in force", () -> inForce().policies().hash().equals(hash));
  }

  /** The thread that decides takes it at its next look, with or without bars. */
  private String change(String key, String value) throws Exception {
    set(key, value);
    String hash = policies.hash();
    awaitInForce(hash);
    return hash;
  }

  @Test
  void every_signal_is_decided_by_one_policy_and_says_which() throws Exception {
    decide(0, 100);
    String second = change("leverage_reduction_rate", "0.25");
    decide(100, 200);
    // No |z| reaches it: nothing is a candidate any more.
    change("stop_z", "20");
    String third = change("entry_z", "19");
    decide(200, 300);
    List<String> hashes = column("policy_hash");
    assertThat(hashes.subList(0, 100)).containsOnly(first);
    assertThat(hashes.subList(100, 200)).containsOnly(second);
    assertThat(hashes.subList(200, 300)).containsOnly(third);
    assertThat(column("leverage_reduction::float8").subList(0, 100)).containsOnly("0.5");
    assertThat(column("leverage_reduction::float8").subList(100, 200)).containsOnly("0.25");
    List<String> actions = column("action");
    assertThat(actions.subList(0, 200)).contains("ENTER");
    assertThat(actions.subList(200, 300)).doesNotContain("ENTER");
    assertThat(market.sql().sql("select policy_hash from core.policies").query(String.class).list())
        .contains(first, second, third);
    assertEveryDecisionIsMadeAgain();
  }

  private void assertEveryDecisionIsMadeAgain() {
    ReplayDecision replay =
        new ReplayDecision(
            JdbcClient.create(servers.dataSource("mlassets_analyst")),
            context.getBean(InstrumentCatalogue.class),
            SampleBundles.KEY,
            Optional.empty(),
            JsonMapper.builder().build());
    for (String id : column("signal_id")) {
      assertThat(replay.run(UUID.fromString(id)).orElseThrow().checks())
          .noneMatch(check -> check.outcome() == Check.Outcome.DIFFERENT);
    }
  }

  @Test
  void a_policy_that_is_refused_changes_nothing() throws Exception {
    decide(0, 20);
    set("leverage_reduction_rate", "1.5");
    await("refused", () -> counted("policies_refused_total") == 1);
    decide(20, 40);
    assertThat(column("policy_hash")).containsOnly(first);
  }

  @Test
  void features_of_another_window_than_the_model_was_trained_on_are_never_made() throws Exception {
    decide(0, 20);
    set("feature_window", "120");
    String wider = policies.hash();
    PoliciesInForce found = context.getBean(PoliciesInForce.class);
    await("found", () -> found.now().hash().equals(wider));
    await("refused", () -> counted("policies_refused_total") == 1);
    decide(20, 40);
    assertThat(column("policy_hash")).containsOnly(first);
    assertThat(context.getBean(ModelWatch.class).refused())
        .contains("feature_window 120", "trained with 240");
    set("feature_window", "240");
    await("nothing refused", () -> context.getBean(ModelWatch.class).refused() == null);
  }

  @Test
  void a_model_of_another_window_is_refused_when_a_service_starts() throws Exception {
    String trainedBy =
        BundleFile.read(market.bundle(VERSION), SampleBundles.KEY).manifest().policyHash();
    market
        .sql()
        .sql("insert into core.policies (policy_hash, content) values (?, ?::jsonb)")
        .params(trainedBy, PolicyFiles.read(config).canonicalJson())
        .update();
    context.close();
    set("feature_window", "120");
    startService();
    await("refused", () -> counted("bundles_refused_total") == 1);
    assertThat(loop().model()).isNull();
    set("feature_window", "240");
    await("a model in force", () -> loop().model() != null);
  }
}

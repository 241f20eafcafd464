package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.decision.DecideBar;
import io.mlassets.decision.DecisionTrace;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.inference.BarSettings.Source;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.parity.BarsSeen;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalMode;
import io.mlassets.testing.SampleMarket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** A market with a data pipeline that makes vectors, and an inference that decides by them. */
final class PipelineMarket implements AutoCloseable {
  static final int HISTORY = 1_500;
  private static final String VERSION = "20260101_0000";
  private static final Thresholds THETAS = new Thresholds(0.5, 0.8);
  static final String PATIENT = "30s";

  final TestServers servers;
  final LiveMarket market;
  final VectorPipeline pipeline;
  @Nullable ConfigurableApplicationContext context;
  private final SqliteMarket bars;
  private final byte[] zip;
  private final List<MarketView> views;
  private final Policies policies;

  PipelineMarket(Path folder) throws Exception {
    servers = TestServers.start();
    market = new LiveMarket(servers, HISTORY + 400, 11);
    market.history(0, HISTORY);
    bars = new SqliteMarket(folder.resolve("bars.sqlite"));
    pipeline = new VectorPipeline(servers, folder.resolve("features.sqlite"));
    zip = bundle(VERSION, List.of(SampleMarket.PAIR));
    market.register(VERSION, zip, "active");
    market.retune(THETAS.theta1(), THETAS.theta2());
    market.bars().subList(HISTORY, HISTORY + 400).forEach(bar -> dealOf(bar.ts()));
    policies = PolicyFiles.read(TestServers.configFolder());
    views = SampleMarket.views(market.bars(), policies.core().trading());
  }

  static byte[] bundle(String version, List<Pair> pairs) {
    return SampleBundles.bytes(
        new ModelVersion(version), VectorPipeline.SCHEMA, pairs, BarInterval.H1, THETAS, null);
  }

  /** Whatever is entered at a bar is filled. */
  private void dealOf(Instant barTs) {
    market
        .sql()
        .sql(
            """
            insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
              pair, symbol, side, lots, price, filled_at, retcode)
            values ('a', ?, 1, ?, 'live', 'ENTER', ?, 'XAUUSD', 'BUY', 1, 1, ?, 10009)
            """)
        .params(
            barTs.getEpochSecond(),
            DecideBar.idOf(SignalMode.LIVE, SampleMarket.PAIR, BarInterval.H1, barTs),
            SampleMarket.PAIR.id(),
            barTs.atOffset(ZoneOffset.UTC))
        .update();
  }

  @Override
  public void close() throws Exception {
    if (context != null) {
      context.close();
    }
    pipeline.close();
    bars.close();
    servers.close();
  }

  void startService(Source source, String wait) throws Exception {
    context = start(source, wait);
  }

  /** One of several, with leases of a second. */
  ConfigurableApplicationContext replica(String name, Source source) throws Exception {
    return start(
        source, PATIENT, "--inference.shards.lease=1s", "--inference.shards.replica=" + name);
  }

  private ConfigurableApplicationContext start(Source source, String wait, String... more)
      throws Exception {
    String name = source.name().toLowerCase(Locale.ROOT);
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("--clock.mode=bars");
    settings.add("--inference.model-check-every=200ms");
    settings.add("--inference.bars.source=" + name);
    settings.add("--inference.bars.file=" + bars.file());
    settings.add("--inference.bars.poll-every=10ms");
    settings.add("--inference.features.source=" + name);
    settings.add("--inference.features.file=" + pipeline.file());
    settings.add("--inference.features.poll-every=10ms");
    settings.add("--inference.features.wait=" + wait);
    ConfigurableApplicationContext started =
        servers.start(
            InferenceApplication.class, "inference", settings.toArray(new String[settings.size()]));
    InferenceLoop loop = started.getBean(InferenceLoop.class);
    await("a model in force", () -> loop.model() != null);
    return started;
  }

  void sendBar(Source source, int bar) throws Exception {
    market.history(bar, bar + 1);
    sendBarAlone(source, bar);
  }

  /** Before the data pipeline stored it in {@code core.bars}. */
  void sendBarAlone(Source source, int bar) throws Exception {
    switch (source) {
      case REDIS -> market.legs(bar, bar + 1).forEach(market::send);
      case SQLITE -> bars.add(market.legs(bar, bar + 1));
    }
  }

  void sendVector(Source source, int bar) throws Exception {
    switch (source) {
      case REDIS -> pipeline.stream(VectorPipeline.json(vector(bar)));
      case SQLITE -> pipeline.insert(vector(bar));
    }
  }

  MarketView view(int bar) {
    return views.get(views.size() - (HISTORY + 400 - bar));
  }

  FeatureVector vector(int bar) {
    return VectorPipeline.vector(view(bar));
  }

  void awaitSignals(long count) throws Exception {
    await(count + " signals", () -> market.signals() >= count);
  }

  double counted(String name, String... tags) {
    return counted(Objects.requireNonNull(context), name, tags);
  }

  static double counted(ConfigurableApplicationContext in, String name, String... tags) {
    return in.getBean(MeterRegistry.class).counter(name, tags).count();
  }

  List<Map<String, Object>> recorded() {
    return market
        .sql()
        .sql(
            """
            select s.bar_ts, s.action, s.reason, s.return_prob, s.risk_score, s.position_scale,
              s.z_score, s.legs::text, d.features_sha256
            from core.signals_live s join core.decision_states d using (signal_id, bar_ts)
            order by s.created_at, s.bar_ts
            """)
        .query()
        .listOfRows();
  }

  /** Every decision is what one decider makes of history, with vectors but for those missed. */
  Set<String> assertAsReplayed(int from, int to, Set<Integer> missed) {
    ModelBundle bundle = BundleFile.read(zip, SampleBundles.KEY);
    LiveModel model = new LiveModel(bundle, SignalMode.LIVE, THETAS, policies);
    PairDecider decider = new PairDecider(policies, id -> true, () -> false);
    List<Map<String, Object>> rows = recorded();
    assertThat(rows).hasSize(to - from);
    Set<String> actions = new TreeSet<>();
    for (int bar = from; bar < to; bar++) {
      FeatureVector features =
          missed.contains(bar)
              ? FeatureVector.missing(
                  VectorPipeline.SCHEMA, SampleMarket.PAIR, view(bar).bar().ts())
              : vector(bar);
      MarketView view = view(bar).with(features);
      Signal again =
          decider
              .decide(view, BarsSeen.of(List.of(view.bar())), model, view.bar().a().end(), null, 0)
              .signal();
      Map<String, Object> row = rows.get(bar - from);
      assertThat(row.get("bar_ts")).isEqualTo(java.sql.Timestamp.from(view.bar().ts()));
      assertThat(row.get("features_sha256")).isEqualTo(DecisionTrace.sha256(features));
      assertThat(row.get("action")).as("on %s", bar).isEqualTo(again.action().name());
      assertThat(row.get("reason")).isEqualTo(again.reason());
      assertThat(row.get("return_prob")).isEqualTo(again.returnProb());
      assertThat(row.get("risk_score")).isEqualTo(again.riskScore());
      assertThat(row.get("position_scale")).isEqualTo(again.positionScale());
      assertThat(row.get("z_score")).isEqualTo(again.zScore());
      actions.add(again.action().name());
    }
    return actions;
  }
}

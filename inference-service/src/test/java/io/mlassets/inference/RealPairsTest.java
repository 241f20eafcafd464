package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.BarMessage;
import io.mlassets.channel.Channels;
import io.mlassets.decision.DecisionTrace;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.PairClass;
import io.mlassets.inference.BarSettings.Source;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.signal.SignalMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.json.JsonMapper;

/** The last bars of ten real pairs, three ways. */
@Tag("I-01")
@Tag("T-01")
class RealPairsTest {
  private static final int LIVE = 5_000;
  private static final String VERSION = "20260101_0000";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<Pair> PAIRS =
      List.of(
              "XAUUSD/XAGUSD",
              "US500/USTEC",
              "US500/US30",
              "DE30/UK100",
              "BTCUSD/ETHUSD",
              "LTCUSDT/ETCUSDT",
              "XRPUSDT/ADAUSDT",
              "LINKUSDT/SOLUSDT",
              "EURJPY/GBPJPY",
              "AUDUSD/GBPUSD")
          .stream()
          .map(Pair::parse)
          .toList();

  private static final Map<Symbol, TreeMap<Instant, Bar>> BARS = new HashMap<>();
  private static final InstrumentCatalogue INSTRUMENTS =
      InstrumentCatalogue.read(TestServers.configFolder().resolve("instruments.yaml"));
  private static final Policies POLICIES = PolicyFiles.read(TestServers.configFolder());

  @TempDir Path folder;

  /** A decision of one pair: its features, and everything else it was made from and said. */
  private record Made(
      String featuresSha, String traceSha, String action, double returnProb, double riskScore) {}

  @BeforeAll
  static void read() {
    Optional<RealBars> real = RealBars.find();
    assumeTrue(real.isPresent(), "no real bars beside the project");
    PAIRS.forEach(pair -> pair.legs().forEach(leg -> BARS.computeIfAbsent(leg, real.get()::of)));
  }

  private static List<Instant> common(Pair pair) {
    TreeSet<Instant> both = new TreeSet<>(BARS.get(pair.a()).keySet());
    both.retainAll(BARS.get(pair.b()).keySet());
    return List.copyOf(both);
  }

  /** Start of the first live bar of each leg; pairs that share one begin together. */
  private static Map<Symbol, Instant> begins() {
    Map<Symbol, Instant> begins = new HashMap<>();
    for (int round = 0; round < 3; round++) {
      for (Pair pair : PAIRS) {
        List<Instant> common = common(pair);
        Instant own = common.get(common.size() - LIVE);
        Instant first =
            pair.legs().stream()
                .map(leg -> begins.getOrDefault(leg, own))
                .reduce(own, (a, b) -> a.isBefore(b) ? a : b);
        pair.legs().forEach(leg -> begins.put(leg, first));
      }
    }
    return begins;
  }

  private static LivePair livePair(Pair pair) {
    return new LivePair(
        pair,
        BarInterval.H1,
        PairClass.of(INSTRUMENTS.of(pair.a()), INSTRUMENTS.of(pair.b())),
        POLICIES,
        id -> false,
        () -> false);
  }

  private static byte[] bundle() {
    return SampleBundles.bytes(
        new ModelVersion(VERSION), PAIRS, BarInterval.H1, new Thresholds(0, 1));
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void real_bars_give_the_same_decisions_from_history_redis_and_sqlite() throws Exception {
    Map<Symbol, Instant> begins = begins();
    List<Bar> live = new ArrayList<>();
    BARS.forEach((leg, bars) -> live.addAll(bars.tailMap(begins.get(leg)).values()));
    live.sort(Comparator.comparing(Bar::ts).thenComparing(Bar::symbol));

    Map<String, Made> fromRedis = decided(Source.REDIS, begins, live);
    assertThat(fromRedis).hasSizeGreaterThanOrEqualTo(PAIRS.size() * LIVE);
    assertThat(fromRedis.values().stream().map(Made::action).distinct()).contains("ENTER", "HOLD");
    Map<String, Made> fromSqlite = decided(Source.SQLITE, begins, live);
    assertThat(fromSqlite.equals(fromRedis)).as(difference(fromSqlite, fromRedis)).isTrue();
  }

  private static String difference(Map<String, Made> some, Map<String, Made> others) {
    return "%d and %d decisions, the first that differs: %s"
        .formatted(
            some.size(),
            others.size(),
            others.keySet().stream()
                .filter(key -> !others.get(key).equals(some.get(key)))
                .findFirst()
                .map(key -> key + " " + some.get(key) + " " + others.get(key)));
  }

  /** What a source made of the bars; compared with what history makes of them. */
  private Map<String, Made> decided(Source source, Map<Symbol, Instant> begins, List<Bar> live)
      throws Exception {
    try (TestServers servers = TestServers.start();
        SqliteMarket file = new SqliteMarket(folder.resolve(source + ".sqlite"))) {
      LiveMarket market = new LiveMarket(servers, 1, 1);
      for (Pair pair : PAIRS) {
        List<Instant> before =
            common(pair).stream().filter(ts -> ts.isBefore(begins.get(pair.a()))).toList();
        Instant from = before.get(before.size() - livePair(pair).warmUpBars());
        pair.legs()
            .forEach(
                leg ->
                    market.store(
                        List.copyOf(BARS.get(leg).subMap(from, begins.get(leg)).values())));
      }
      market.register(VERSION, bundle(), "active");
      try (ConfigurableApplicationContext context =
          servers.start(
              InferenceApplication.class,
              "inference",
              "--clock.mode=bars",
              "--inference.bars.source=" + source.name().toLowerCase(Locale.ROOT),
              "--inference.bars.file=" + file.file())) {
        InferenceLoop loop = context.getBean(InferenceLoop.class);
        await("a model in force", () -> loop.model() != null);
        feed(source, servers, file, live);
        await("a decision on the last bar", 900, () -> handled(context, live));
      }
      Map<String, Made> decided = recorded(market);
      market.store(live);
      Map<String, Made> replayed = replayed(market, begins);
      assertThat(decided.equals(replayed)).as(difference(decided, replayed)).isTrue();
      return decided;
    }
  }

  private static boolean handled(ConfigurableApplicationContext context, List<Bar> live) {
    var meters = context.getBean(MeterRegistry.class);
    return meters.counter("bars_total").count() >= live.size()
        && meters.find("signals_total").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum()
            >= PAIRS.size() * LIVE;
  }

  private static void feed(Source source, TestServers servers, SqliteMarket file, List<Bar> live)
      throws Exception {
    for (int at = 0; at < live.size(); at += 500) {
      List<Bar> some = live.subList(at, Math.min(live.size(), at + 500));
      switch (source) {
        case SQLITE -> file.add(some);
        case REDIS -> {
          try (Jedis redis = servers.jedis();
              Pipeline pipeline = redis.pipelined()) {
            for (Bar bar : some) {
              pipeline.xadd(
                  "bars",
                  StreamEntryID.NEW_ENTRY,
                  Map.of(Channels.PAYLOAD, JSON.writeValueAsString(BarMessage.of(bar))));
            }
            pipeline.sync();
          }
        }
      }
    }
  }

  private static Map<String, Made> recorded(LiveMarket market) {
    Map<String, String> traces = new HashMap<>();
    Map<String, Made> made = new TreeMap<>();
    market
        .sql()
        .sql("select signal_id, sha256, features_sha256 from core.decision_states")
        .query(
            row -> {
              traces.put(row.getString(1), row.getString(2) + " " + row.getString(3));
            });
    market
        .sql()
        .sql(
            """
            select pair, bar_ts, signal_id, action, return_prob, risk_score from core.signals_live
            """)
        .query(
            row -> {
              String[] shas = traces.get(row.getString(3)).split(" ");
              made.put(
                  row.getString(1) + " " + row.getObject(2, OffsetDateTime.class).toInstant(),
                  new Made(shas[1], shas[0], row.getString(4), row.getDouble(5), row.getDouble(6)));
            });
    return made;
  }

  /** The same bars out of {@code core.bars}, without a service. */
  private static Map<String, Made> replayed(LiveMarket market, Map<Symbol, Instant> begins)
      throws Exception {
    LiveModel model =
        new LiveModel(
            BundleFile.read(bundle(), SampleBundles.KEY),
            SignalMode.LIVE,
            new Thresholds(0, 1),
            POLICIES);
    PairBars bars = new PairBars(market.sql(), INSTRUMENTS, (what, where) -> {});
    Map<String, Made> made = new TreeMap<>();
    for (Pair pair : PAIRS) {
      LivePair live = livePair(pair);
      Instant begin = begins.get(pair.a());
      live.warmUp(
          bars.upTo(pair, BarInterval.H1, begin.minusSeconds(1), live.warmUpBars()),
          Optional.empty());
      for (PairBar bar : bars.since(pair, BarInterval.H1, begin.minusSeconds(1))) {
        live.advance(bar)
            .map(view -> live.decide(view, model, bar.a().end(), null))
            .ifPresent(
                decided ->
                    made.put(
                        pair.id() + " " + bar.ts(),
                        new Made(
                            DecisionTrace.sha256(decided.features()),
                            decided.trace().sha256(),
                            decided.signal().action().name(),
                            decided.signal().returnProb(),
                            decided.signal().riskScore())));
      }
    }
    return made;
  }
}

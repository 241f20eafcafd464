package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.testing.SampleMarket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.springframework.context.ConfigurableApplicationContext;

/** Some pairs of the same bars, a model for them, and replicas that decide, a pair a shard. */
final class ShardMarket implements AutoCloseable {
  static final int HISTORY = 1_500;
  private static final int LIVE = 400;
  private static final String VERSION = "20260101_0000";
  private final TestServers servers = TestServers.start();
  private final List<PairBar> bars = SampleMarket.barsInSession(HISTORY + LIVE, 11);
  private final List<Pair> pairs;
  final LiveMarket market;

  ShardMarket(int pairs) {
    this.pairs =
        IntStream.rangeClosed(1, pairs)
            .mapToObj(i -> Pair.parse("SIM%02dA-SIM%02dB".formatted(i, i)))
            .toList();
    this.market = new LiveMarket(servers, 1, 1);
    store(0, HISTORY);
    market.register(
        VERSION,
        SampleBundles.bytes(
            new ModelVersion(VERSION),
            this.pairs,
            bars.getFirst().a().interval(),
            new Thresholds(0, 1)),
        "active");
  }

  /** A replica with leases of a second, once the model is in force there. */
  ConfigurableApplicationContext replica(String name) throws Exception {
    return replica(name, 1, "1s");
  }

  /** A replica, once the model is in force there. */
  ConfigurableApplicationContext replica(String name, int size, String lease) throws Exception {
    ConfigurableApplicationContext context =
        servers.start(
            InferenceApplication.class,
            "inference",
            "--clock.mode=bars",
            "--inference.model-check-every=200ms",
            "--inference.shards.size=" + size,
            "--inference.shards.lease=" + lease,
            "--inference.shards.replica=" + name);
    await("a model in force", () -> context.getBean(InferenceLoop.class).model() != null);
    return context;
  }

  private List<Bar> legs(int from, int to) {
    List<Bar> legs = new ArrayList<>();
    for (PairBar bar : bars.subList(from, to)) {
      for (Pair pair : pairs) {
        legs.add(of(pair.a(), bar.a()));
        legs.add(of(pair.b(), bar.b()));
      }
    }
    return legs;
  }

  private static Bar of(Symbol symbol, Bar bar) {
    return new Bar(
        symbol,
        bar.interval(),
        bar.ts(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume());
  }

  void store(int from, int to) {
    market.store(legs(from, to));
  }

  /** Over the stream only. */
  void send(int from, int to) {
    legs(from, to).forEach(market::send);
  }

  /** Takes Redis away for so long. */
  void withoutRedis(int seconds) throws InterruptedException {
    servers.stopRedis();
    Thread.sleep(1_000L * seconds);
    servers.startRedis();
  }

  /** Owners by shard, without the random part of their names; {@code -} for nobody. */
  Map<Integer, String> owners() {
    Map<Integer, String> owners = new TreeMap<>();
    market
        .sql()
        .sql("select shard, coalesce(split_part(owner, '-', 1), '-') from core.shards")
        .query(
            row -> {
              owners.put(row.getInt(1), row.getString(2));
            });
    return owners;
  }

  long decided(int pair) {
    return market
        .sql()
        .sql("select count(*) from core.signals_live where pair = ?")
        .param(pairs.get(pair).id())
        .query(Long.class)
        .single();
  }

  /** Bars decided on, of all pairs, in the order of bars and pairs. */
  List<String> decisions() {
    return market
        .sql()
        .sql("select bar_ts, pair from core.signals_live order by 1, 2")
        .query(
            (row, n) -> row.getObject(1, OffsetDateTime.class).toInstant() + " " + row.getString(2))
        .list();
  }

  /** One decision for each pair and bar from the end of history to that bar. */
  List<String> everyDecision(int to) {
    List<String> all = new ArrayList<>();
    for (PairBar bar : bars.subList(HISTORY, to)) {
      pairs.forEach(pair -> all.add(bar.ts() + " " + pair.id()));
    }
    return all;
  }

  /** Decisions made with something held that the decisions before do not leave. */
  long brokenChains() {
    return market
        .sql()
        .sql(
            """
            with chain as (
              select s.action, d.entry_ts, d.bars_held,
                lag(s.action) over w as before, lag(s.bar_ts) over w as before_ts,
                lag(d.entry_ts) over w as before_entry, lag(d.bars_held) over w as before_held
              from core.signals_live s join core.decision_states d using (signal_id)
              window w as (partition by s.pair order by s.bar_ts))
            select count(*) from chain where before is not null and (
              (before = 'ENTER' and entry_ts is distinct from before_ts)
              or (before = 'EXIT' and entry_ts is not null)
              or (before = 'HOLD' and entry_ts is not null
                  and (entry_ts is distinct from before_entry or bars_held <> before_held + 1)))
            """)
        .query(Long.class)
        .single();
  }

  static String get(ConfigurableApplicationContext context, String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Authorization", "Bearer " + TestServers.ANALYST)
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    servers.close();
  }
}

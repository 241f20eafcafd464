package io.mlassets.inference.parity;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.decision.Thresholds;
import io.mlassets.inference.InferenceApplication;
import io.mlassets.inference.LiveMarket;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
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
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** Two pairs of the same legs that decide live. */
final class TwoPairs implements AutoCloseable {
  static final int HISTORY = 1_500;
  static final Pair PAIR = SampleMarket.PAIR;
  static final Pair OTHER = new Pair(PAIR.b(), PAIR.a());
  private static final String MODEL = "20260101_0000";
  final LiveMarket market;
  private final TestServers servers = TestServers.start();
  private @Nullable ConfigurableApplicationContext context;

  /** Number of the next bar. */
  int next = HISTORY;

  TwoPairs() {
    market = new LiveMarket(servers, HISTORY + 900, 11);
    market.history(0, HISTORY);
    market.register(
        MODEL,
        SampleBundles.bytes(
            new ModelVersion(MODEL),
            List.of(PAIR, OTHER),
            market.bars().getFirst().a().interval(),
            new Thresholds(0, 1)),
        "active");
  }

  void startService(String... settings) throws Exception {
    String[] all = new String[settings.length + 1];
    System.arraycopy(settings, 0, all, 1, settings.length);
    all[0] = "--clock.mode=bars";
    context = servers.start(InferenceApplication.class, "inference", all);
    // What comes before the model decides is history.
    await("a model in force", () -> get("/api/v1/pairs").body().contains(MODEL));
  }

  ConfigurableApplicationContext context() {
    if (context == null) {
      throw new IllegalStateException("the service was not started");
    }
    return context;
  }

  /** Bars into the table and over the stream; back when both pairs are decided on all of them. */
  void live(int bars) throws Exception {
    market.live(next, next + bars);
    next += bars;
    await("the last bar's signals", () -> decidedOn(market.bars().get(next - 1)) == 2);
  }

  private long decidedOn(PairBar bar) {
    return count("select count(*) from core.signals_live where bar_ts = ?", at(bar));
  }

  void round() {
    context().getBean(CheckParity.class).round();
  }

  double checked(String outcome) {
    return context()
        .getBean(MeterRegistry.class)
        .counter("parity_checked_total", "outcome", outcome)
        .count();
  }

  /** Pair, kind and, of bars, how they differ. */
  List<String> findings() {
    return texts("select concat_ws(' ', pair, kind, details ->> 'how') from core.parity_findings");
  }

  List<String> texts(String sql) {
    return market.sql().sql(sql).query(String.class).list();
  }

  long count(String sql, Object... values) {
    return market.sql().sql(sql).params(List.of(values)).query(Long.class).single();
  }

  static OffsetDateTime at(PairBar bar) {
    return bar.ts().atOffset(ZoneOffset.UTC);
  }

  /** The bar so many before the next. */
  PairBar bar(int before) {
    return market.bars().get(next - before);
  }

  /** Decisions on a pair after a bar. */
  long decided(Pair pair, PairBar after, String what) {
    return count(
        "select count(*) from core.signals_live where pair = ? and bar_ts > ? and " + what,
        pair.id(),
        at(after));
  }

  void update(String sql, Object... values) {
    market.sql().sql(sql).params(List.of(values)).update();
  }

  void correct(PairBar bar, String set) {
    update("update core.bars set " + set + " where symbol = 'XAUUSD' and ts = ?", at(bar));
  }

  /** Lets bars come until the pair is held, and has the entry dealt. */
  void hold() throws Exception {
    do {
      live(1);
    } while (!get("/api/v1/pairs/" + PAIR.id()).body().contains("\"action\":\"ENTER\""));
    update(
        """
        insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
          pair, symbol, side, lots, price, filled_at, retcode)
        select 'a', 1, 1, signal_id, mode, action, pair, 'XAUUSD', 'BUY', 1, 1, bar_ts, 10009
        from core.signals_live where pair = ? and action = 'ENTER' order by bar_ts desc limit 1
        """,
        PAIR.id());
  }

  /** The last bit of the first value of the first pair's vector. */
  void flip(PairBar bar) {
    Double[] values =
        market
            .sql()
            .sql("select feature_values from core.live_features where pair = ? and ts = ?")
            .params(PAIR.id(), at(bar))
            .query((row, n) -> (Double[]) row.getArray(1).getArray())
            .single();
    update(
        "update core.live_features set feature_values[1] = ? where pair = ? and ts = ?",
        Double.longBitsToDouble(Double.doubleToRawLongBits(values[0]) ^ 1),
        PAIR.id(),
        at(bar));
  }

  /** An operator lifts the stop of the first pair; nobody else can, nor without a reason. */
  void lift() {
    String path = "/api/v1/pairs/" + PAIR.id() + "/resume";
    assertThat(post(path, TestServers.ANALYST, "{\"reason\": \"looked into\"}")).isEqualTo(403);
    assertThat(post(path, TestServers.OPERATOR, "{\"reason\": \" \"}")).isEqualTo(400);
    assertThat(post(path, TestServers.OPERATOR, "{\"reason\": \"looked into\"}")).isEqualTo(200);
    assertThat(post(path, TestServers.OPERATOR, "{\"reason\": \"again\"}")).isEqualTo(409);
  }

  HttpResponse<String> get(String path) {
    return send(request(path, TestServers.ANALYST).GET());
  }

  private int post(String path, String token, String body) {
    return send(request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)))
        .statusCode();
  }

  private HttpRequest.Builder request(String path, String token) {
    String port = context().getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
    }
    servers.close();
  }
}

package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.platform.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.exceptions.JedisException;

/** The servers themselves are stopped and started again while bars flow. */
@Tag("I-01")
class RestartTest {
  private static final int HISTORY = 1_500;
  private static final int LIVE = 600;
  private final AtomicInteger sent = new AtomicInteger(HISTORY);

  @Test
  void every_bar_is_decided_once_while_redis_and_postgresql_are_stopped_and_started()
      throws Exception {
    try (TestServers servers = TestServers.startAlone()) {
      LiveMarket market = new LiveMarket(servers, HISTORY + LIVE, 11);
      market.history(0, HISTORY);
      market.adopt("20260101_0000");
      try (ConfigurableApplicationContext context =
          servers.start(InferenceApplication.class, "inference", "--clock.mode=bars")) {
        InferenceLoop loop = context.getBean(InferenceLoop.class);
        await("a model in force", () -> loop.model() != null);
        market.history(HISTORY, HISTORY + LIVE);
        CompletableFuture<?> flow =
            CompletableFuture.runAsync(() -> flow(market), task -> Thread.ofPlatform().start(task));
        awaitSent(20);

        servers.stopPostgres(false);
        awaitSent(40);
        assertSaysSo(context, "db");
        servers.startPostgres();
        awaitSent(40);

        servers.stopPostgres(true);
        awaitSent(40);
        servers.startPostgres();
        awaitSent(40);

        servers.stopRedis();
        assertSaysSo(context, "redis");
        servers.startRedis();
        awaitSent(40);

        servers.stopRedis();
        servers.stopPostgres(true);
        servers.startPostgres();
        servers.startRedis();
        flow.get();

        await("every decision", () -> market.signals() >= LIVE);
        assertThat(decided(market))
            .isEqualTo(
                market.bars().subList(HISTORY, HISTORY + LIVE).stream().map(PairBar::ts).toList());
        assertThat(
                market.sql().sql("select reason from core.quarantine").query(String.class).list())
            .isEmpty();
        assertThat(get(context, "/actuator/prometheus").body())
            .containsPattern("(?m)^database_retries_total\\{.*} [1-9]");
      }
    }
  }

  /** Bars in the order they were decided on. */
  private static List<Instant> decided(LiveMarket market) {
    return market
        .sql()
        .sql("select bar_ts from core.signals_live order by created_at, bar_ts")
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list();
  }

  /** Sends every bar, over every outage, as a feed does. */
  private void flow(LiveMarket market) {
    for (PairBar bar : market.bars().subList(HISTORY, HISTORY + LIVE)) {
      for (Bar leg : List.of(bar.a(), bar.b())) {
        while (!isSent(market, leg)) {
          pause(20);
        }
      }
      sent.incrementAndGet();
      pause(10);
    }
  }

  private static boolean isSent(LiveMarket market, Bar leg) {
    try {
      market.send(leg);
      return true;
    } catch (JedisException e) {
      return false;
    }
  }

  private void awaitSent(int more) throws InterruptedException {
    int until = Math.min(sent.get() + more, HISTORY + LIVE);
    await("more bars", () -> sent.get() >= until);
  }

  /** The process lives and is not ready. */
  private static void assertSaysSo(ConfigurableApplicationContext context, String server)
      throws InterruptedException {
    await(
        "not ready for want of " + server,
        () -> {
          HttpResponse<String> ready = get(context, "/actuator/health/readiness");
          return ready.statusCode() == 503
              && ready.body().replaceAll("\\s", "").contains("\"" + server + "\":{")
              && ready.body().contains("DOWN");
        });
    assertThat(get(context, "/actuator/health/liveness").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext context, String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

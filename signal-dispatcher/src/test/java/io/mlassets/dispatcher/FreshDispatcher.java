package io.mlassets.dispatcher;

import io.mlassets.platform.testing.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import redis.clients.jedis.Jedis;

/** A dispatcher on servers of its own for each test, which plays inference by SQL. */
abstract class FreshDispatcher {
  TestServers servers;
  JdbcClient sql;
  ConfigurableApplicationContext context;
  private int minute;

  @BeforeEach
  void start() {
    servers = TestServers.start();
    sql = JdbcClient.create(servers.dataSource());
    context = dispatcher();
  }

  ConfigurableApplicationContext dispatcher() {
    return servers.start(
        DispatcherApplication.class, "dispatcher", "--clock.mode=bars", "--dispatcher.lease=1s");
  }

  @AfterEach
  void stop() {
    context.close();
    servers.close();
  }

  /** Commits signals as inference does: each on a bar of its own. */
  void commit(String mode, String action, int count) {
    sql.sql(
            """
            insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
              expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
              theta2, position_scale, action, reason, legs, model_version, policy_hash,
              leverage_reduction)
            select gen_random_uuid(), :mode, 'XAUUSD-XAGUSD', 'PT1M', ts, ts + interval '1 min',
              ts + interval '2 min', 2.1, 0.8, 0.1, 'x', 0.8, 0, 0.7, 0.3, 0.5, :action, 'test',
              case when :action = 'HOLD' then '[]'::jsonb else
              '[{"symbol":"XAUUSD","side":"SELL","weight":0.5},{"symbol":"XAGUSD","side":"BUY","weight":0.5}]'
              end, '20260101_0000', 'p', 0.5
            from generate_series(:from, :from + :count - 1) n,
              lateral (select timestamptz '2026-01-01 00:00Z' + n * interval '1 min' as ts) t
            """)
        .param("mode", mode)
        .param("action", action)
        .param("from", minute)
        .param("count", count)
        .update();
    minute += count;
  }

  List<Long> sequence(String stream) {
    return sql.sql(
            "select seq from core.signal_dispatch where stream = ? and sent_at is not null order by"
                + " seq")
        .param(stream)
        .query(Long.class)
        .list();
  }

  List<Long> logged(String log) {
    try (Jedis redis = servers.jedis()) {
      return redis.xrange(log, "-", "+").stream().map(entry -> entry.getID().getTime()).toList();
    }
  }

  static List<Long> upTo(long count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within a minute: " + what);
      }
      Thread.sleep(20);
    }
  }

  HttpResponse<String> call(String method, String path, String token, String body)
      throws Exception {
    String port = context.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}

package io.mlassets.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DispatcherServiceTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> SPECIFIED =
      List.of(
          "timestamp",
          "pair",
          "z_score",
          "return_prob",
          "risk_score",
          "entry",
          "confidence",
          "risk_flag",
          "theta1",
          "theta2",
          "position_scale");
  private TestServers servers;
  private JdbcClient sql;
  private ConfigurableApplicationContext context;
  private int minute;

  @BeforeEach
  void start() {
    servers = TestServers.start();
    sql = JdbcClient.create(servers.dataSource());
    context = dispatcher();
  }

  private ConfigurableApplicationContext dispatcher() {
    return servers.start(
        DispatcherApplication.class, "dispatcher", "--clock.mode=bars", "--dispatcher.lease=1s");
  }

  @AfterEach
  void stop() {
    context.close();
    servers.close();
  }

  /** Commits signals as inference does: each on a bar of its own. */
  private void commit(String mode, String action, int count) {
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

  private List<Long> sequence(String stream) {
    return sql.sql(
            "select seq from core.signal_dispatch where stream = ? and sent_at is not null order by"
                + " seq")
        .param(stream)
        .query(Long.class)
        .list();
  }

  private List<Long> logged(String log) {
    try (Jedis redis = servers.jedis()) {
      return redis.xrange(log, "-", "+").stream().map(entry -> entry.getID().getTime()).toList();
    }
  }

  private static List<Long> upTo(long count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within a minute: " + what);
      }
      Thread.sleep(20);
    }
  }

  private HttpResponse<String> call(String method, String path, String token, String body)
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

  @Test
  @Tag("S-01")
  @Tag("S-02")
  void signals_reach_subscribers_log_and_file_in_order_without_gaps() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    JedisPubSub ear =
        new JedisPubSub() {
          @Override
          public void onMessage(String channel, String message) {
            heard.add(message);
          }
        };
    Thread listener =
        new Thread(
            () -> {
              try (Jedis redis = servers.redis().connect(0)) {
                redis.subscribe(ear, "signals");
              }
            });
    listener.start();
    await("subscription", ear::isSubscribed);
    commit("live", "ENTER", 1);
    await("the entry, before later bars make it stale", () -> heard.size() == 1);
    commit("live", "HOLD", 30);
    commit("shadow", "HOLD", 5);
    await("31 messages", () -> heard.size() >= 31);
    await("shadow", () -> logged("signals.shadow.log").equals(upTo(5)));
    await("noted as sent", () -> sequence("all:live").size() == 31);
    ear.unsubscribe();
    listener.join();
    assertThat(sequence("all:live")).isEqualTo(upTo(31));
    assertThat(logged("signals.log")).isEqualTo(upTo(31));
    assertThat(heard).hasSize(31);
    JsonNode first = JSON.readTree(heard.getFirst());
    assertThat(List.copyOf(first.propertyNames()).subList(0, 11)).isEqualTo(SPECIFIED);
    assertThat(first.path("entry").asString()).isEqualTo("SELL_XAUUSD, BUY_XAGUSD");
    Path file = servers.var().resolve("signals").resolve("signal.json");
    await("file", () -> RunningDispatcher.holds(file, heard.getLast()));
    assertThat(
            sql.sql(
                    "select payload from core.signal_dispatch where stream = 'all:live' order by"
                        + " seq")
                .query(String.class)
                .list())
        .isEqualTo(heard);
  }

  @Test
  void two_dispatchers_never_send_twice_and_one_takes_over_from_the_other() throws Exception {
    ConfigurableApplicationContext second = dispatcher();
    try {
      commit("live", "HOLD", 300);
      await("300", () -> logged("signals.log").size() == 300);
      context.close();
      commit("live", "HOLD", 300);
      await("600", () -> sequence("all:live").size() == 600);
      assertThat(logged("signals.log")).isEqualTo(upTo(600));
      assertThat(
              sql.sql("select count(distinct epoch) from core.signal_dispatch")
                  .query(Long.class)
                  .single())
          .isLessThanOrEqualTo(2);
    } finally {
      second.close();
    }
  }

  @Test
  @Tag("F-01")
  void a_halt_blocks_entries_lets_exits_go_and_survives_a_restart() throws Exception {
    commit("live", "ENTER", 1);
    await("entry", () -> logged("signals.log").size() == 1);
    assertThat(
            call("POST", "/api/v1/control/halt", TestServers.ANALYST, "{\"reason\":\"x\"}")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            call("POST", "/api/v1/control/halt", TestServers.OPERATOR, "{\"reason\":\"news\"}")
                .statusCode())
        .isEqualTo(200);
    commit("live", "ENTER", 3);
    commit("live", "EXIT", 2);
    await("exits", () -> logged("signals.log").size() == 3);
    context.close();
    context = dispatcher();
    assertThat(call("GET", "/api/v1/control", TestServers.ANALYST, "").body())
        .contains("HALTED", "news", "operator");
    commit("live", "ENTER", 1);
    await("blocked", () -> outcomes("BLOCKED") == 4);
    assertThat(
            call("POST", "/api/v1/control/resume", TestServers.OPERATOR, "{\"reason\":\"calm\"}")
                .statusCode())
        .isEqualTo(200);
    commit("live", "ENTER", 1);
    await("entry after resume", () -> logged("signals.log").equals(upTo(4)));
  }

  private long outcomes(String outcome) {
    return sql.sql("select count(*) from core.signal_dispatch where outcome = ?")
        .param(outcome)
        .query(Long.class)
        .single();
  }

  @Test
  void an_entry_past_its_expiry_is_not_sent() throws Exception {
    context.close();
    commit("live", "ENTER", 1);
    commit("live", "HOLD", 5);
    context = dispatcher();
    await("the rest", () -> logged("signals.log").size() == 5);
    assertThat(outcomes("EXPIRED")).isEqualTo(1);
  }

  @Test
  void the_log_is_rebuilt_after_redis_lost_everything() throws Exception {
    commit("live", "HOLD", 250);
    await("250", () -> sequence("all:live").size() == 250);
    try (Jedis redis = servers.jedis()) {
      redis.flushAll();
    }
    await("rebuilt", () -> logged("signals.log").equals(upTo(250)));
    commit("live", "HOLD", 1);
    await("next", () -> logged("signals.log").equals(upTo(251)));
  }

  @Test
  void nothing_is_lost_while_redis_or_postgresql_is_away() throws Exception {
    commit("live", "HOLD", 10);
    await("10", () -> sequence("all:live").size() == 10);
    servers.stopRedis();
    commit("live", "HOLD", 10);
    Thread.sleep(500);
    servers.startRedis();
    await("20", () -> logged("signals.log").equals(upTo(20)));
    commit("live", "HOLD", 10);
    servers.databaseAway(true);
    Thread.sleep(500);
    servers.databaseAway(false);
    await("30", () -> logged("signals.log").equals(upTo(30)));
  }

  @Test
  @Tag("S-03")
  void fills_are_booked_once_and_bad_ones_are_quarantined_with_their_reason() throws Exception {
    commit("live", "ENTER", 1);
    commit("live", "HOLD", 1);
    await("sent", () -> logged("signals.log").size() == 2);
    String good = fill(1, "XAUUSD-XAGUSD", "XAUUSD", 1, "0.5", 11, 10009);
    List.of(
            good,
            good,
            fill(1, "XAUUSD-XAGUSD", "XAUUSD", 1, "0.7", 11, 10009),
            fill(1, "XAUUSD-XAGUSD", "XAGUSD", 1, "0", 12, 10006),
            fill(1, "XAUUSD-XAGUSD", "XAGUSD", 1, "0.2", 13, 10010),
            fill(99, "XAUUSD-XAGUSD", "XAUUSD", 1, "0.5", 14, 10009),
            fill(2, "XAUUSD-XAGUSD", "XAUUSD", 1, "0.5", 15, 10009),
            fill(1, "US500-USTEC", "US500", 1, "0.5", 16, 10009),
            fill(1, "XAUUSD-XAGUSD", "US500", 1, "0.5", 17, 10009),
            fill(1, "XAUUSD-XAGUSD", "XAUUSD", 1, "-1", 18, 10009),
            fill(1, "XAUUSD-XAGUSD", "XAUUSD", 1, "1e999", 19, 10009),
            "{\"account\":",
            "")
        .forEach(this::send);
    await("quarantine", () -> quarantined() == 9);
    assertThat(
            sql.sql("select deal_ticket from core.live_trades order by deal_ticket")
                .query(Long.class)
                .list())
        .containsExactly(11L, 13L);
    assertThat(sql.sql("select count(*) from core.order_rejections").query(Long.class).single())
        .isEqualTo(1);
    assertThat(sql.sql("select reason from core.quarantine").query(String.class).list())
        .anySatisfy(reason -> assertThat(reason).contains("no signal 99"))
        .anySatisfy(reason -> assertThat(reason).contains("booked before with other content"))
        .anySatisfy(reason -> assertThat(reason).contains("asked for nothing"))
        .anySatisfy(reason -> assertThat(reason).contains("lots"));
    assertThat(call("GET", "/actuator/prometheus", TestServers.ANALYST, "").body())
        .contains("fills_total{outcome=\"repeated\"} 1.0")
        .containsPattern("(?m)^signals_per_min ");
  }

  private long quarantined() {
    return sql.sql("select count(*) from core.quarantine").query(Long.class).single();
  }

  private static String fill(
      long seq, String pair, String symbol, int account, String lots, long ticket, int retcode) {
    return """
    {"account":"a%d","signal_seq":%d,"pair":"%s","symbol":"%s","side":"%s","lots":%s,"price":%s,
     "deal_ticket":%d,"filled_at":"2026-01-01T00:00:01Z","retcode":%d}\
    """
        .formatted(
            account,
            seq,
            pair,
            symbol,
            symbol.equals("XAUUSD") ? "SELL" : "BUY",
            lots,
            lots.equals("0") ? "0" : "1.5",
            ticket,
            retcode);
  }

  private void send(String json) {
    try (Jedis redis = servers.jedis()) {
      redis.xadd("fills", StreamEntryID.NEW_ENTRY, Map.of("json", json));
    }
  }

  @Test
  @Tag("S-03")
  void result_files_become_fills_and_broken_ones_are_set_aside() throws Exception {
    commit("live", "ENTER", 1);
    await("sent", () -> logged("signals.log").size() == 1);
    Path folder = Files.createDirectories(servers.var().resolve("results"));
    Files.writeString(
        folder.resolve("result.json"),
        "["
            + fill(1, "XAUUSD-XAGUSD", "XAUUSD", 1, "0.5", 21, 10009)
            + ","
            + fill(1, "XAUUSD-XAGUSD", "XAGUSD", 1, "0.5", 22, 10009)
            + "]");
    Files.writeString(folder.resolve("result-2.json"), "[{\"account\":");
    await(
        "two trades",
        () -> sql.sql("select count(*) from core.live_trades").query(Long.class).single() == 2);
    await("set aside, with its reason", () -> count(folder.resolve("quarantine")) == 2);
    assertThat(count(folder.resolve("done"))).isEqualTo(1);
    // Its row is written after its files.
    await("quarantined", () -> quarantined() == 1);
  }

  private static int count(Path folder) {
    try (var files = Files.list(folder)) {
      return (int) files.count();
    } catch (IOException e) {
      return 0;
    }
  }
}

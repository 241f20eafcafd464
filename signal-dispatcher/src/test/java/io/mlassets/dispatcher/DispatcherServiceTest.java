package io.mlassets.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.Listening;
import io.mlassets.platform.testing.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DispatcherServiceTest extends FreshDispatcher {
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

  @Test
  @Tag("S-01")
  @Tag("S-02")
  void signals_reach_subscribers_log_and_file_in_order_without_gaps() throws Exception {
    try (Listening heard = new Listening(servers, "signals")) {
      commit("live", "ENTER", 1);
      await("the entry, before later bars make it stale", () -> heard.messages.size() == 1);
      commit("live", "HOLD", 30);
      commit("shadow", "HOLD", 5);
      await("31 messages", () -> heard.messages.size() >= 31);
      await("shadow", () -> logged("signals.shadow.log").equals(upTo(5)));
      await("noted as sent", () -> sequence("all:live").size() == 31);
      assertThat(sequence("all:live")).isEqualTo(upTo(31));
      assertThat(logged("signals.log")).isEqualTo(upTo(31));
      assertThat(heard.messages).hasSize(31);
      JsonNode first = JSON.readTree(heard.messages.getFirst());
      assertThat(List.copyOf(first.propertyNames()).subList(0, 11)).isEqualTo(SPECIFIED);
      assertThat(first.path("entry").asString()).isEqualTo("SELL_XAUUSD, BUY_XAGUSD");
      Path file = servers.var().resolve("signals").resolve("signal.json");
      await("file", () -> RunningDispatcher.holds(file, heard.messages.getLast()));
      assertThat(
              sql.sql(
                      "select payload from core.signal_dispatch where stream = 'all:live' order by"
                          + " seq")
                  .query(String.class)
                  .list())
          .isEqualTo(heard.messages);
    }
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
}

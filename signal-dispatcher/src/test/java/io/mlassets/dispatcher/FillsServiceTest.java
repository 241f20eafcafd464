package io.mlassets.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** Fills from the stream and from files. */
@Tag("S-03")
class FillsServiceTest extends FreshDispatcher {
  @Test
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

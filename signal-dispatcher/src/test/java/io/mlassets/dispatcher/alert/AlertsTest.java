package io.mlassets.dispatcher.alert;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static io.mlassets.platform.testing.TestServers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.dispatcher.RunningDispatcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("O-03")
class AlertsTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final List<JsonNode> pages = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedDeque<Integer> answers = new ConcurrentLinkedDeque<>();
  private HttpServer server;
  private RunningDispatcher dispatcher;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/page",
        exchange -> {
          pages.add(JSON.readTree(exchange.getRequestBody()));
          answer(exchange);
        });
    server.createContext(
        "/slack",
        exchange -> {
          messages.add(JSON.readTree(exchange.getRequestBody()).path("text").asString());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    dispatcher = new RunningDispatcher();
    dispatcher.restart(arguments());
  }

  private String[] arguments() {
    String address = "http://localhost:" + server.getAddress().getPort();
    return new String[] {
      "--pagerduty.routing.key=" + KEY,
      "--pagerduty.events.url=" + address + "/page",
      "--slack.webhook.url=" + address + "/slack"
    };
  }

  private void answer(HttpExchange exchange) throws IOException {
    Integer status = answers.poll();
    exchange.sendResponseHeaders(status == null ? 202 : status, -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    dispatcher.close();
    server.stop(0);
  }

  private List<String> actions(String key) {
    return pages.stream()
        .filter(page -> page.path("dedup_key").asString().equals("ml-assets/" + key))
        .map(page -> page.path("event_action").asString())
        .toList();
  }

  private void awaitActions(String key, String... actions) {
    await(key + " " + List.of(actions), () -> actions(key).equals(List.of(actions)));
  }

  private void post(String path) {
    assertThat(
            dispatcher.post(OPERATOR, "/api/v1/control/" + path, "{\"reason\":\"news\"}").status())
        .isEqualTo(200);
  }

  @Test
  void a_halt_pages_and_a_resume_ends_the_page() {
    answers.addAll(List.of(500, 429));
    post("halt");
    await("taken in the end", () -> actions("trading/OPERATOR").size() == 3);
    JsonNode page = pages.getLast();
    assertThat(page.path("event_action").asString()).isEqualTo("trigger");
    assertThat(page.at("/payload/summary").asString())
        .isEqualTo("trading HALTED for OPERATOR: news");
    await("Slack", () -> messages.contains("trading HALTED for OPERATOR: news"));

    post("resume");
    awaitActions("trading/OPERATOR", "trigger", "trigger", "trigger", "resolve");
    await("Slack", () -> messages.contains("trading resumed from OPERATOR by operator: news"));
  }

  @Test
  void what_holds_is_told_again_by_a_dispatcher_that_starts() {
    post("halt");
    awaitActions("trading/OPERATOR", "trigger");
    dispatcher.restart(arguments());
    awaitActions("trading/OPERATOR", "trigger", "trigger");
  }

  @Test
  void an_operator_who_halts_acknowledges_what_the_dispatcher_found() {
    dispatcher
        .owner
        .sql(
            """
            insert into core.model_drift (model_version, mode, trades, drifted, computed_at)
            select '20250701_0300', 'live', 50, true, now() - n * interval '1 min'
            from generate_series(1, 3) n
            """)
        .update();
    awaitActions("trading/DRIFT", "trigger");
    post("halt");
    awaitActions("trading/DRIFT", "trigger", "acknowledge");
  }

  @Test
  void a_storm_is_one_page_and_a_receiver_that_is_away_holds_up_nobody() {
    Alerts alerts = dispatcher.context.getBean(Alerts.class);
    for (int i = 0; i < 10_000; i++) {
      alerts.raise(new Alert("test/storm", Severity.ERROR, "number " + i, Map.of()));
    }
    awaitActions("test/storm", "trigger");
    assertThat(pages.getFirst().at("/payload/summary").asString()).isEqualTo("number 0");
    assertThat(dispatcher.metrics()).contains("alerts_total{event=\"folded\"} 9999.0");
  }
}
